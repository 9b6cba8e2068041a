using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Customers;

/// <summary>What Notifications reads of CustomerForgotten.</summary>
[Event("eventdriven.customers.customer-forgotten.v1")]
internal sealed record CustomerForgotten([NotDefault] Guid CustomerId);
