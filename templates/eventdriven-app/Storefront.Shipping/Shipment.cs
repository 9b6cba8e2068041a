namespace Storefront.Shipping;

/// <summary>The shipment of an order.</summary>
internal sealed class Shipment
{
    public required Guid OrderId { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }
}
