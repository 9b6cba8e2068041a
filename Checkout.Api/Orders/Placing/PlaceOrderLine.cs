using System.ComponentModel;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// A line of <see cref="PlaceOrderRequest"/>. The quantity may be any JSON number, so that a fraction or a number that is too large is an
/// invalid value and not invalid JSON.
/// </summary>
internal sealed record PlaceOrderLine(
    [property: Description("What is ordered.")] string? Sku,
    [property: Description("How many: a whole number from 1 to 10 000.")] double? Quantity);
