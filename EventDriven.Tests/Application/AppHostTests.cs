using Aspire.Hosting;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>What the AppHost does for the services that it runs.</summary>
public sealed class AppHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_dies_is_started_again_and_one_that_was_asked_to_stop_is_not()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token, environment: null, "Servers=processes");
        var former = system.Pid("recommendations");

        await system.KillAsync("recommendations");
        await system.StopAsync("analytics");

        await Eventually.TrueAsync(
            () => system.IsRunning("recommendations") && system.Pid("recommendations") != former, TimeSpan.FromSeconds(60));
        await system.HealthyAsync("recommendations", Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.False(system.IsRunning("analytics"));
    }

    [Fact]
    public async Task The_dashboards_commands_are_the_operators()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token);
        await Eventually.TrueAsync(() => File.Exists(system.StateFile));

        // A group is known as soon as its service has begun to read.
        var lag = await Eventually.GetAsync(
            () => system.CommandAsync("inventory", "lag", Token), answer => answer.Success, TimeSpan.FromSeconds(60));
        var unexplained = await system.CommandAsync("inventory", "redrive", Token);
        var redrive = await system.CommandAsync(
            "inventory", "redrive", Token, new InteractionInput { Name = "because", InputType = InputType.Text, Value = "A test." });
        var rehearsal = await system.CommandAsync(
            "inventory", "rehearse", Token, new InteractionInput { Name = "from", InputType = InputType.Text, Value = "beginning" });

        Assert.Contains("inventory", lag.Data?.Value, StringComparison.Ordinal);
        Assert.False(unexplained.Success);
        Assert.False(redrive.Success);
        Assert.Contains("No parked dead letter", redrive.Data?.Value, StringComparison.Ordinal);
        Assert.True(rehearsal.Success, $"{rehearsal.Message}: {rehearsal.Data?.Value}");
    }
}
