namespace Analytics.Worker.Orders;

/// <summary>The quantity of a SKU in an order.</summary>
internal sealed class OrderedItem
{
    public required Guid OrderId { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }
}
