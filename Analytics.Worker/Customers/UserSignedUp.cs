using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Customers;

/// <summary>What Analytics reads of UserSignedUp.</summary>
[Event("eventdriven.customers.user-signed-up.v1")]
internal sealed record UserSignedUp([NotDefault] Guid CustomerId, [PlausibleTime] DateTimeOffset SignedUpAt);
