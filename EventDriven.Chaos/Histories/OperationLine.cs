namespace EventDriven.Chaos.Histories;

/// <summary>A line of an order that was asked for, or the quantity that an article was set to.</summary>
internal sealed record OperationLine(string Sku, int Quantity)
{
    /// <summary>Lines as one of each SKU, by SKU, so that they can be compared.</summary>
    public static IEnumerable<OperationLine> BySku(IEnumerable<OperationLine> lines) =>
        lines.GroupBy(line => line.Sku, StringComparer.Ordinal)
            .Select(sku => new OperationLine(sku.Key, sku.Sum(line => line.Quantity)))
            .OrderBy(line => line.Sku, StringComparer.Ordinal);
}
