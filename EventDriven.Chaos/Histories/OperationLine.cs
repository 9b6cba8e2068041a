namespace EventDriven.Chaos.Histories;

/// <summary>A line of an order that was asked for, or the quantity that an article was set to.</summary>
internal sealed record OperationLine(string Sku, int Quantity);
