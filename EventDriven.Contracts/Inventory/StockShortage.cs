namespace EventDriven.Contracts.Inventory;

/// <summary>A SKU of which too little was there.</summary>
/// <param name="Sku">Which.</param>
/// <param name="Requested">How many the order asked for.</param>
/// <param name="Available">How many there were; 0 for a SKU that Inventory doesn't know.</param>
public sealed record StockShortage(string Sku, int Requested, int Available);
