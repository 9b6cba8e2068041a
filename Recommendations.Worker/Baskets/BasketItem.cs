namespace Recommendations.Worker.Baskets;

/// <summary>A SKU that an order asked for.</summary>
internal sealed class BasketItem
{
    public required Guid OrderId { get; init; }

    public required string Sku { get; init; }
}
