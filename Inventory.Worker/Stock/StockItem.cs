namespace Inventory.Worker.Stock;

/// <summary>How much there is of one SKU.</summary>
internal sealed class StockItem
{
    /// <summary>Longest SKU, in characters.</summary>
    public const int MaxSkuLength = 64;

    /// <summary>Which.</summary>
    public required string Sku { get; init; }

    /// <summary>How many can still be reserved; never below zero.</summary>
    public required int Available { get; init; }

    /// <summary>How many are set aside for orders.</summary>
    public int Reserved { get; init; }
}
