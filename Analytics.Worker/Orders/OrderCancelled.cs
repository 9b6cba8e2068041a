namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderCancelled.</summary>
internal sealed record OrderCancelled(Guid OrderId);
