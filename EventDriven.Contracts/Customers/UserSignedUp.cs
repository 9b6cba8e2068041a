using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Customers;

/// <summary>A customer signed up.</summary>
/// <param name="CustomerId">The customer, and the event's key.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name.</param>
/// <param name="SignedUpAt">When, UTC.</param>
[Event("eventdriven.customers.user-signed-up.v1")]
public sealed record UserSignedUp(
    [DataSubject] Guid CustomerId, [PersonalData] string Email, [PersonalData, PlainText(200)] string Name, DateTimeOffset SignedUpAt);
