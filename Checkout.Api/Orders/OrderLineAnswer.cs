namespace Checkout.Api.Orders;

/// <summary>One line of an order.</summary>
/// <param name="Sku">What was ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">Price of one, in the order's currency.</param>
internal sealed record OrderLineAnswer(string Sku, int Quantity, decimal UnitPrice);
