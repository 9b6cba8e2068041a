namespace Storefront.Orders;

/// <summary>An order.</summary>
internal sealed class Order
{
    public required Guid Id { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
