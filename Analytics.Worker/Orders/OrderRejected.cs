namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderRejected.</summary>
internal sealed record OrderRejected(Guid OrderId);
