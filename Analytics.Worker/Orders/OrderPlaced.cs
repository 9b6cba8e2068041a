using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderPlaced.</summary>
[Event("eventdriven.orders.order-placed.v1")]
internal sealed record OrderPlaced(
    [NotDefault] Guid OrderId,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [Numeric(14, 2)] decimal Total,
    [Length(1, 100)] IReadOnlyList<OrderPlacedLine> Lines,
    [PlausibleTime] DateTimeOffset PlacedAt);
