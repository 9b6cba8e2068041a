using System.Net;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>The whole application on a broker with TLS, logins and access rules: each service as a principal of its own.</summary>
[Collection(SecuredCollection.Name)]
public sealed class SecuredApplicationTests(SecuredKafka kafka)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_does_its_part_with_no_more_than_it_declares()
    {
        SecuredKafka.Require();
        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("topics", "apply", "--yes", "--because", "a test"));
        Assert.Equal(ExitCode.Done, await kafka.OperateAsync("acls", "apply", "--yes", "--because", "a test", "--prune"));
        var connections = new List<string> { $"ConnectionStrings:kafka={kafka.AdministratorConnection}" };
        foreach (var service in SystemUnderTest.Services)
        {
            await kafka.SetPasswordAsync(service, SecuredKafka.Password);
            connections.Add($"ConnectionStrings:kafka-{service}={kafka.Connection(service, "ScramSha512")}");
        }

        await using var system = await SystemUnderTest.StartAsync(
            replicas: 1, Token, settings: ["Servers=processes", "RestartServices=false", .. connections]);
        var client = new SystemClient(system);
        await client.SetStockAsync("mug-blue", 5);

        var order = await client.PlaceAsync(new OrderRequest { Sku = "mug-blue", Quantity = 2 });
        await client.ReachesAsync(order.Id, "Confirmed");
        Assert.Equal(HttpStatusCode.OK, await client.CancelAsync(order.Id));

        await client.AreSentAsync(order.Id, "order-received", "order-confirmed", "order-cancelled");
        await client.AnalyticsShowsAsync([order], "Cancelled");
        await Eventually.GetAsync(() => client.StockAsync("mug-blue"), stock => stock is { Available: 5, Reserved: 0 });
        foreach (var service in SystemUnderTest.Services)
        {
            // On a busy machine, a group may lag for a moment.
            await Eventually.GetAsync(
                () => system.Http(service).GetStringAsync("/health", Token),
                health => health.StartsWith("{\"status\":\"healthy\"", StringComparison.Ordinal));
        }
    }
}
