namespace EventDriven.Benchmarks.Checkout;

/// <summary>A line of <see cref="TwinOrder"/>.</summary>
internal sealed record TwinOrderLine(string Sku, int Quantity);
