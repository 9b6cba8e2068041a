using EventDriven.Messaging;
using EventDriven.Messaging.Validation;
using Notifications.Worker.Contacts;

namespace Notifications.Worker.Customers;

/// <summary>What Notifications reads of UserSignedUp.</summary>
[Event("eventdriven.customers.user-signed-up.v1")]
internal sealed record UserSignedUp(
    [NotDefault, DataSubject] Guid CustomerId, [PersonalData, MailAddress] string? Email, [PersonalData, PlainText(200)] string? Name);
