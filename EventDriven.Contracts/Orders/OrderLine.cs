namespace EventDriven.Contracts.Orders;

/// <summary>One line of an order.</summary>
/// <param name="Sku">What was ordered.</param>
/// <param name="Quantity">How many, 1 to 10 000.</param>
/// <param name="UnitPrice">Price of one, in the order's currency.</param>
public sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);
