namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderPlaced.</summary>
internal sealed record OrderPlaced(Guid OrderId, string Email, string Currency, decimal Total, IReadOnlyList<OrderPlacedLine> Lines);
