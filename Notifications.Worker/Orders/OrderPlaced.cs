using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;
using Notifications.Worker.Contacts;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderPlaced.</summary>
[Event("eventdriven.orders.order-placed.v1")]
internal sealed record OrderPlaced(
    [NotDefault] Guid OrderId,
    [NotDefault, DataSubject] Guid CustomerId,
    [PersonalData, MailAddress] string? Email,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [Numeric(14, 2)] decimal Total,
    [Length(1, 100)] IReadOnlyList<OrderPlacedLine> Lines);
