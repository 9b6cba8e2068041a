using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Customers;

/// <summary>What Analytics reads of UserSignedUp.</summary>
internal sealed record UserSignedUp([NotDefault] Guid CustomerId, [PlausibleTime] DateTimeOffset SignedUpAt);
