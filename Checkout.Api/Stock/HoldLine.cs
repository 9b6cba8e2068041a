namespace Checkout.Api.Stock;

/// <summary>How many of a SKU to hold.</summary>
/// <param name="Sku">Which.</param>
/// <param name="Quantity">How many.</param>
internal sealed record HoldLine(string Sku, int Quantity);
