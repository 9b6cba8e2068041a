namespace Checkout.Api.Stock;

/// <summary>A quantity of one SKU to hold.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The quantity.</param>
internal sealed record HoldLine(string Sku, int Quantity);
