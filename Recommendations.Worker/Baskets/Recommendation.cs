namespace Recommendations.Worker.Baskets;

/// <summary>A SKU that is bought along with another.</summary>
/// <param name="Sku">Which.</param>
/// <param name="Together">Number of orders that asked for both.</param>
internal sealed record Recommendation(string Sku, int Together);
