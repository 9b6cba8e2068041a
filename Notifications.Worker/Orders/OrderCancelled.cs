using EventDriven.Messaging.Admission;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderCancelled.</summary>
internal sealed record OrderCancelled([NotDefault] Guid OrderId);
