namespace Recommendations.Worker.Baskets;

/// <summary>A SKU in an order.</summary>
internal sealed class BasketItem
{
    public required Guid OrderId { get; init; }

    public required string Sku { get; init; }
}
