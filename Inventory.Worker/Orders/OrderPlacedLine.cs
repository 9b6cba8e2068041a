namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine(string Sku, int Quantity);
