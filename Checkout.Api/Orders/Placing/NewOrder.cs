namespace Checkout.Api.Orders.Placing;

/// <summary>A validated <see cref="PlaceOrderRequest"/> with prices.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Email">Personal data.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Lines">The lines; never empty.</param>
/// <param name="IsImmediate">Whether stock is held before the answer.</param>
internal sealed record NewOrder(Guid CustomerId, string Email, string Currency, IReadOnlyList<OrderLine> Lines, bool IsImmediate);
