using EventDriven.Messaging;

namespace EventDriven.Contracts.Customers;

/// <summary>
/// A customer was forgotten: the key of their personal data is destroyed, and what it sealed is read as null from now on. Whoever has
/// stored any of it deletes it.
/// </summary>
/// <param name="CustomerId">The customer, and the event's key.</param>
/// <param name="ForgottenAt">When, UTC.</param>
[Event("eventdriven.customers.customer-forgotten.v1")]
public sealed record CustomerForgotten(Guid CustomerId, DateTimeOffset ForgottenAt);
