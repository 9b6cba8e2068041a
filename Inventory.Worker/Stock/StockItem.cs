namespace Inventory.Worker.Stock;

/// <summary>How much there is of one SKU.</summary>
internal sealed class StockItem
{
    /// <summary>Longest SKU, in characters.</summary>
    public const int MaxSkuLength = 64;

    /// <summary>What a caller is told whose SKU is none.</summary>
    public static readonly string SkuRule = $"1 to {MaxSkuLength} characters, and no control characters.";

    /// <summary>Whether this can be a SKU, known or not. PostgreSQL stores no NUL, and a terminal obeys other control characters.</summary>
    public static bool IsSku(string? sku) => sku is { Length: <= MaxSkuLength } && !string.IsNullOrWhiteSpace(sku) && !sku.Any(char.IsControl);

    /// <summary>Which.</summary>
    public required string Sku { get; init; }

    /// <summary>How many can still be reserved; never below zero.</summary>
    public required int Available { get; init; }

    /// <summary>How many are set aside for orders.</summary>
    public int Reserved { get; init; }
}
