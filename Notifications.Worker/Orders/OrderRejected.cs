namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderRejected.</summary>
internal sealed record OrderRejected(Guid OrderId, IReadOnlyList<string> Skus, decimal? RefundDue = null, string? Currency = null);
