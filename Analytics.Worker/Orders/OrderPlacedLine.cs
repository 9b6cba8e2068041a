namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine(string Sku, int Quantity);
