using EventDriven.Messaging;
using EventDriven.Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Storefront.Shipping;

namespace Storefront.Tests;

public sealed class ShipOrderTests : IAsyncDisposable
{
    private static readonly OrderPlaced Placed = new(Guid.CreateVersion7(), "mug-blue", 2);

    private readonly ShippingDbContext _database = new(
        new DbContextOptionsBuilder<ShippingDbContext>().UseInMemoryDatabase($"{Guid.CreateVersion7()}").Options);

    [Fact]
    public async Task A_placed_order_is_shipped_once()
    {
        await HandleAsync(Placed);
        await HandleAsync(Placed);

        var shipment = Assert.Single(await _database.Shipments.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((Placed.OrderId, 2), (shipment.OrderId, shipment.Quantity));
    }

    [Fact]
    public async Task An_order_of_nothing_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<UnreadableEventException>(() => HandleAsync(Placed with { Quantity = 0 }));

        Assert.Contains("quantity", refusal.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<IReadOnlyList<PublishedEvent>> HandleAsync(OrderPlaced placed) => new HandlerHarness(_database).HandleAsync(
        new ShipOrder(_database), placed, cancellationToken: TestContext.Current.CancellationToken);
}
