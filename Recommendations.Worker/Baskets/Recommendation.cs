namespace Recommendations.Worker.Baskets;

/// <summary>A SKU that is bought along with another.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Together">Number of orders with both.</param>
internal sealed record Recommendation(string Sku, int Together);
