namespace EventDriven.Benchmarks.Service;

/// <summary>A line of <see cref="SaleRecorded"/>.</summary>
internal sealed record SaleLine(string Sku, int Quantity, decimal UnitPrice);
