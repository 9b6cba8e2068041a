using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Reservations;

/// <summary>Lines in the form in which they are reserved and compared.</summary>
internal static class StockLines
{
    /// <summary>Most lines that are asked for at once.</summary>
    public const int MaxLines = 100;

    /// <summary>Most of a line.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>One entry a SKU, in the order of the SKUs.</summary>
    public static IReadOnlyList<StockLine> Sum(IEnumerable<StockLine> lines) =>
    [
        .. lines
            .GroupBy(l => l.Sku, StringComparer.Ordinal)
            .Select(sku => new StockLine(sku.Key, sku.Sum(l => l.Quantity)))
            .OrderBy(l => l.Sku, StringComparer.Ordinal),
    ];
}
