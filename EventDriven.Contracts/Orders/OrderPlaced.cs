namespace EventDriven.Contracts.Orders;

/// <summary>A customer placed an order; Checkout stored it in the same transaction.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Email">Where the customer wants to be written to. Personal data.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">Sum of the lines, in <paramref name="Currency"/>.</param>
/// <param name="Lines">What was ordered; never empty.</param>
/// <param name="PlacedAt">When, UTC.</param>
public sealed record OrderPlaced(
    Guid OrderId,
    Guid CustomerId,
    string Email,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderLine> Lines,
    DateTimeOffset PlacedAt);
