using EventDriven.Hosting;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>The application with its servers as containers, where a runtime for them is there.</summary>
public sealed class ContainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_confirmed_with_servers_as_containers()
    {
        Assert.SkipUnless(ContainerRuntime.Answers(), "No container runtime answers: start Docker or Podman.");
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token, environment: null, "Servers=containers");
        var client = new SystemClient(system);
        await client.SetStockAsync("mug-blue", 5);

        var order = await client.PlaceAsync(new OrderRequest { Sku = "mug-blue", Quantity = 2 });

        await client.ReachesAsync(order.Id, "Confirmed");
        Assert.Equal(3, (await client.StockAsync("mug-blue")).Available);
    }
}
