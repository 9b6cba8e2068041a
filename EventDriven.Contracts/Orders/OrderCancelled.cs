namespace EventDriven.Contracts.Orders;

/// <summary>The order was cancelled before it was fulfilled.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Reason">A short code, such as <c>customer-request</c>.</param>
/// <param name="CancelledAt">When, UTC.</param>
public sealed record OrderCancelled(Guid OrderId, string Reason, DateTimeOffset CancelledAt);
