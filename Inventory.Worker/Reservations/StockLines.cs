using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Reservations;

/// <summary>Normalizes lines for reserving and comparing.</summary>
internal static class StockLines
{
    /// <summary>Maximum number of lines in a request.</summary>
    public const int MaxLines = 100;

    /// <summary>Maximum quantity of a line.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>The lines with one entry a SKU, sorted by SKU.</summary>
    public static IReadOnlyList<StockLine> Sum(IEnumerable<StockLine> lines) =>
    [
        .. lines
            .GroupBy(l => l.Sku, StringComparer.Ordinal)
            .Select(sku => new StockLine(sku.Key, sku.Sum(l => l.Quantity)))
            .OrderBy(l => l.Sku, StringComparer.Ordinal),
    ];
}
