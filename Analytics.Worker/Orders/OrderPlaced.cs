namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderPlaced.</summary>
internal sealed record OrderPlaced(Guid OrderId, string Currency, decimal Total, IReadOnlyList<OrderPlacedLine> Lines, DateTimeOffset PlacedAt);
