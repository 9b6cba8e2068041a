using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderConfirmed.</summary>
internal sealed record OrderConfirmed([NotDefault] Guid OrderId);
