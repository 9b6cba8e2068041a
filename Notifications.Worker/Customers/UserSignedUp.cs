using EventDriven.Messaging.Validation;
using Notifications.Worker.Contacts;

namespace Notifications.Worker.Customers;

/// <summary>What Notifications reads of UserSignedUp.</summary>
internal sealed record UserSignedUp([NotDefault] Guid CustomerId, [MailAddress] string Email, [PlainText(200)] string Name);
