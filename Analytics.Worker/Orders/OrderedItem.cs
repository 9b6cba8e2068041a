namespace Analytics.Worker.Orders;

/// <summary>How many of a SKU an order asked for.</summary>
internal sealed class OrderedItem
{
    public required Guid OrderId { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }
}
