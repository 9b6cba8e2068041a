namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>The orders of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">Total quantity in all orders.</param>
/// <param name="Orders">Number of orders with it.</param>
public sealed record SkuCount(string Sku, long Quantity, long Orders);
