namespace Inventory.Worker.Stock;

/// <summary>Body of <c>PUT /stock/{sku}</c>.</summary>
/// <param name="Available">How many can be reserved from now on; what is reserved already is not part of it.</param>
internal sealed record StockLevel(int? Available);
