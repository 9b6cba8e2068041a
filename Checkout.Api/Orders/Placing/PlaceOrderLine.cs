using System.ComponentModel;

namespace Checkout.Api.Orders.Placing;

/// <summary>A line of <see cref="PlaceOrderRequest"/>. The quantity is any JSON number: one that is too large or broken is a wrong value, not wrong JSON.</summary>
internal sealed record PlaceOrderLine(
    [property: Description("What is ordered.")] string? Sku,
    [property: Description("How many: a whole number from 1 to 10 000.")] double? Quantity);
