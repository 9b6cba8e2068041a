namespace EventDriven.Contracts.Inventory;

/// <summary>A quantity of one SKU.</summary>
/// <param name="Sku">Which.</param>
/// <param name="Quantity">How many; at least 1.</param>
public sealed record StockLine(string Sku, int Quantity);
