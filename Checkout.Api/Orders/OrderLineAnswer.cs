namespace Checkout.Api.Orders;

/// <summary>One line of an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The quantity.</param>
/// <param name="UnitPrice">Price of one piece, in the order's currency.</param>
internal sealed record OrderLineAnswer(string Sku, int Quantity, decimal UnitPrice);
