using EventDriven.Hosting.Services;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.Deployment;

/// <summary>The scale rules under <c>deploy/</c> name what the services' own programs say that they read.</summary>
public sealed class ScaleRuleTests
{
    private static readonly Dictionary<string, string> Nowhere = new(StringComparer.Ordinal)
    {
        ["Logging__LogLevel__Default"] = "Warning",
        ["ConnectionStrings__kafka"] = "localhost:1",
        ["ConnectionStrings__redis"] = "localhost:1",
    };

    [Theory]
    [InlineData("analytics", "Analytics.Worker")]
    [InlineData("checkout", "Checkout.Api")]
    [InlineData("inventory", "Inventory.Worker")]
    [InlineData("notifications", "Notifications.Worker")]
    [InlineData("recommendations", "Recommendations.Worker")]
    public async Task A_rule_for_each_topic_whose_lag_Kafka_knows(string service, string project)
    {
        var (said, _) = await ServiceRun.RunAsync(
            BuildOutput.Program(project), [TaskNames.Access], Nowhere, _ => { }, TestContext.Current.CancellationToken);
        var expected = ((DeclaredAccess)said).Groups.Where(group => !group.OffsetsInDatabase)
            .SelectMany(group => group.Topics.Select(topic => $"{group.Name} {topic}"));

        var triggers = Snapshot.Chart().Single(resource => (string?)resource["metadata"]!["name"] == $"{service}-scaler")
            ["spec"]!["triggers"]!.AsArray();

        Assert.Equal(expected, triggers.Where(trigger => (string?)trigger!["type"] == "kafka").Select(
            trigger => $"{trigger!["metadata"]!["consumerGroup"]} {trigger["metadata"]!["topic"]}"));
        Assert.Contains(triggers, trigger => (string?)trigger!["type"] == "cpu");
    }
}
