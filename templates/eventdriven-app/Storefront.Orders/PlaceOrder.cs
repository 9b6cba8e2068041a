namespace Storefront.Orders;

/// <summary>The body of <c>POST /orders</c>.</summary>
internal sealed record PlaceOrder(string? Sku, int Quantity)
{
    private const int MaxSkuLength = 64;
    private const int MaxQuantity = 1_000;

    /// <summary>What is wrong with it, by field.</summary>
    public Dictionary<string, string[]> Errors()
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(Sku) || Sku.Length > MaxSkuLength || Sku.Any(char.IsControl))
        {
            errors["sku"] = [$"Must have 1 to {MaxSkuLength} characters, none of them a control character."];
        }

        if (Quantity is < 1 or > MaxQuantity)
        {
            errors["quantity"] = [$"Must be a number from 1 to {MaxQuantity}."];
        }

        return errors;
    }
}
