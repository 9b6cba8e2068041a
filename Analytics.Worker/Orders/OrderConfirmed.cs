using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderConfirmed.</summary>
internal sealed record OrderConfirmed([NotDefault] Guid OrderId, [PlausibleTime] DateTimeOffset ConfirmedAt);
