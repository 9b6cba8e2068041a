using EventDriven.Contracts.Orders;

namespace EventDriven.Tests.Services;

/// <summary>Order facts with valid defaults, so that a test changes one thing.</summary>
internal static class Orders
{
    public static readonly DateTimeOffset PlacedAt = new(2026, 3, 1, 11, 59, 58, TimeSpan.Zero);

    public static Guid NewId() => Guid.CreateVersion7(PlacedAt);

    public static OrderPlaced Placed(Guid orderId, params (string Sku, int Quantity)[] lines) => new(
        orderId,
        CustomerId: NewId(),
        Email: "someone@customers.example",
        Currency: "EUR",
        Total: lines.Sum(l => l.Quantity * 2.5m),
        [.. lines.Select(l => new OrderLine(l.Sku, l.Quantity, 2.5m))],
        PlacedAt);

    public static OrderCancelled Cancelled(Guid orderId) => new(orderId, "customer-request", PlacedAt.AddSeconds(9));
}
