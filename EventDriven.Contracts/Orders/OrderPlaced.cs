using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Orders;

/// <summary>A customer placed an order; Checkout stored it in the same transaction.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Email">The customer's e-mail address.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">Sum of the lines, in <paramref name="Currency"/>.</param>
/// <param name="Lines">The lines; never empty.</param>
/// <param name="PlacedAt">When, UTC.</param>
[Event("eventdriven.orders.order-placed.v1")]
public sealed record OrderPlaced(
    Guid OrderId,
    [DataSubject] Guid CustomerId,
    [PersonalData] string Email,
    [RegularExpression("[A-Z]{3}")] string Currency,
    [Numeric(14, 2)] decimal Total,
    [Length(1, 100)] IReadOnlyList<OrderLine> Lines,
    DateTimeOffset PlacedAt);
