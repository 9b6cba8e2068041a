namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderCancelled.</summary>
internal sealed record OrderCancelled(Guid OrderId, decimal? RefundDue = null, string? Currency = null);
