namespace Inventory.Worker.Stock;

/// <summary>The stock of one SKU.</summary>
internal sealed class StockItem
{
    /// <summary>Longest SKU, in characters.</summary>
    public const int MaxSkuLength = 64;

    /// <summary>The error for an invalid SKU.</summary>
    public static readonly string SkuRule = $"1 to {MaxSkuLength} characters, and no control characters.";

    /// <summary>
    /// Whether this is a valid SKU, known or not. PostgreSQL can't store NUL, and terminals execute other control characters.
    /// </summary>
    public static bool IsSku(string? sku) =>
        sku is { Length: <= MaxSkuLength } && !string.IsNullOrWhiteSpace(sku) && !sku.Any(char.IsControl);

    /// <summary>The SKU.</summary>
    public required string Sku { get; init; }

    /// <summary>How many can still be reserved; never below zero.</summary>
    public required int Available { get; init; }

    /// <summary>How many are set aside for orders.</summary>
    public int Reserved { get; init; }
}
