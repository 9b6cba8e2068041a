using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Stock;

/// <summary>
/// Locked SKUs: the available quantities, and the quantities moved between available and reserved. <see cref="StockLedger"/> writes it
/// back.
/// </summary>
/// <param name="available">Available quantities when locked, of the SKUs that exist.</param>
internal sealed class StockSheet(Dictionary<string, int> available)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Quantities to move from available to reserved; negative to move back.</summary>
    public IReadOnlyDictionary<string, int> Taken => _taken;

    /// <summary>Sets the lines aside, all or none.</summary>
    /// <param name="lines">One entry a SKU.</param>
    /// <returns>The shortages; empty if everything was set aside.</returns>
    public IReadOnlyList<StockShortage> Take(IReadOnlyList<StockLine> lines)
    {
        var shortages = lines
            .Select(line => new StockShortage(line.Sku, line.Quantity, available.GetValueOrDefault(line.Sku)))
            .Where(line => line.Requested > line.Available)
            .ToList();
        if (shortages.Count == 0)
        {
            Move(lines, direction: 1);
        }

        return shortages;
    }

    /// <summary>Makes lines that were set aside available again.</summary>
    public void GiveBack(IReadOnlyList<StockLine> lines) => Move(lines, direction: -1);

    private void Move(IReadOnlyList<StockLine> lines, int direction)
    {
        foreach (var (sku, quantity) in lines)
        {
            _taken[sku] = _taken.GetValueOrDefault(sku) + (direction * quantity);
            available[sku] = available.GetValueOrDefault(sku) - (direction * quantity);
        }
    }
}
