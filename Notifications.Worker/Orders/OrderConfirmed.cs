namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderConfirmed.</summary>
internal sealed record OrderConfirmed(Guid OrderId);
