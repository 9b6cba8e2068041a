namespace Checkout.Api.Orders.Placing;

/// <summary>A <see cref="PlaceOrderRequest"/> that was found good, priced.</summary>
/// <param name="CustomerId">Who orders.</param>
/// <param name="Email">Personal data.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Lines">What is ordered; never empty.</param>
/// <param name="IsImmediate">Whether stock is asked for before the answer.</param>
internal sealed record NewOrder(Guid CustomerId, string Email, string Currency, IReadOnlyList<OrderLine> Lines, bool IsImmediate);
