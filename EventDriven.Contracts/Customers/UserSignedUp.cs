using EventDriven.Messaging;

namespace EventDriven.Contracts.Customers;

/// <summary>A customer signed up.</summary>
/// <param name="CustomerId">The customer, and the event's key.</param>
/// <param name="Email">Personal data.</param>
/// <param name="Name">Personal data.</param>
/// <param name="SignedUpAt">When, UTC.</param>
[Event("eventdriven.customers.user-signed-up.v1")]
public sealed record UserSignedUp(Guid CustomerId, string Email, string Name, DateTimeOffset SignedUpAt);
