using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;
using Notifications.Worker.Contacts;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderPlaced.</summary>
internal sealed record OrderPlaced(
    [NotDefault] Guid OrderId,
    [MailAddress] string Email,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [Numeric(14, 2)] decimal Total,
    [Length(1, 100)] IReadOnlyList<OrderPlacedLine> Lines);
