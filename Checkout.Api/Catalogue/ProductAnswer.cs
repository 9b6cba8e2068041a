namespace Checkout.Api.Catalogue;

/// <summary>A product.</summary>
/// <param name="Sku">The SKU, which an order's line names.</param>
/// <param name="Prices">Price of one, by ISO 4217 code of the currency.</param>
internal sealed record ProductAnswer(string Sku, IReadOnlyDictionary<string, decimal> Prices);
