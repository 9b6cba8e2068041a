using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderRejected.</summary>
internal sealed record OrderRejected([NotDefault] Guid OrderId);
