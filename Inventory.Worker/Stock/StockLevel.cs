namespace Inventory.Worker.Stock;

/// <summary>Body of <c>PUT /stock/{sku}</c>.</summary>
/// <param name="Available">Quantity that can be reserved from now on, existing reservations not included.</param>
internal sealed record StockLevel(int? Available);
