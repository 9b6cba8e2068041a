using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>Law L2: the producer never knows its consumers.</summary>
[Collection(ApplicationTests.Name)]
public sealed class ProducerIndependenceTests(OneOfEach application) : IAsyncDisposable
{
    private static readonly string[] Consumers = ["notifications", "analytics", "recommendations"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void L2_Checkout_is_built_without_any_service_and_names_no_consumer()
    {
        var checkout = typeof(global::Checkout.Api.Database.CheckoutDbContext).Assembly;
        Assert.DoesNotContain(checkout.GetReferencedAssemblies(), a => a.Name!.EndsWith(".Worker", StringComparison.Ordinal));

        // Inventory may be asked by HTTP (law L12); the others must not even be mentioned.
        var folder = Path.Combine(Repository.Root, "Checkout.Api");
        var files = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(
            Consumers, name => Assert.DoesNotContain(name, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// A consumer that nobody has heard of begins with the first event of the log, while Checkout keeps running as it is.
    /// </summary>
    [Fact]
    public async Task L2_a_new_consumer_sees_every_order_without_a_change_in_Checkout()
    {
        var order = await application.Client.PlaceAsync();
        await application.Client.ReachesAsync(order.Id, "Confirmed");

        var log = await application.LogAsync();
        var placed = log.ReadAll(Topics.Orders).Where(e => e.Type == EventTypes.OrderPlaced)
            .Select(e => JsonSerializer.Deserialize(e.Record.Message.Value, ContractsJson.Default.OrderPlaced)!.OrderId).ToHashSet();
        Assert.Contains(order.Id, placed);

        await using var newcomer = await Newcomer.StartAsync(application.System, Token);
        await Eventually.TrueAsync(() => placed.IsSubsetOf(newcomer.Seen));
        var next = await application.Client.PlaceAsync();
        await Eventually.TrueAsync(() => newcomer.Seen.Contains(next.Id));
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();
}
