using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderCancelled.</summary>
internal sealed record OrderCancelled([NotDefault] Guid OrderId);
