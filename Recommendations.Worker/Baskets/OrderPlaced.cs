namespace Recommendations.Worker.Baskets;

/// <summary>What Recommendations reads of OrderPlaced.</summary>
internal sealed record OrderPlaced(Guid OrderId, IReadOnlyList<OrderPlacedLine> Lines);
