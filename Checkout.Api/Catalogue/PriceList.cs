using System.Collections.Frozen;

namespace Checkout.Api.Catalogue;

/// <summary>The products and their prices. Checkout prices every order itself and never trusts a price from outside.</summary>
internal static class PriceList
{
    private static readonly FrozenDictionary<string, Price> Prices = new Dictionary<string, Price>(StringComparer.Ordinal)
    {
        ["tea-earl-grey"] = new(Eur: 6.90m, Gbp: 5.90m, Usd: 7.50m),
        ["tea-sencha"] = new(Eur: 8.50m, Gbp: 7.20m, Usd: 9.20m),
        ["tea-assam"] = new(Eur: 6.20m, Gbp: 5.30m, Usd: 6.80m),
        ["tea-darjeeling"] = new(Eur: 9.80m, Gbp: 8.40m, Usd: 10.60m),
        ["tea-oolong"] = new(Eur: 11.40m, Gbp: 9.70m, Usd: 12.30m),
        ["tea-rooibos"] = new(Eur: 5.40m, Gbp: 4.60m, Usd: 5.90m),
        ["mug-blue"] = new(Eur: 12.00m, Gbp: 10.30m, Usd: 13.00m),
        ["mug-white"] = new(Eur: 11.00m, Gbp: 9.40m, Usd: 11.90m),
        ["kettle-steel"] = new(Eur: 49.00m, Gbp: 42.00m, Usd: 53.00m),
        ["pot-iron"] = new(Eur: 64.00m, Gbp: 55.00m, Usd: 69.00m),
        ["filter-paper"] = new(Eur: 3.20m, Gbp: 2.70m, Usd: 3.50m),
        ["honey-acacia"] = new(Eur: 7.80m, Gbp: 6.70m, Usd: 8.40m),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The SKUs that are sold.</summary>
    public static IReadOnlyCollection<string> Skus => Prices.Keys;

    /// <summary>ISO 4217 codes of the currencies that prices are in.</summary>
    public static IReadOnlyList<string> Currencies { get; } = ["EUR", "GBP", "USD"];

    /// <summary>Price of one piece; null for a SKU that is not sold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no prices in this currency.</exception>
    public static decimal? Find(string sku, string currency) => Prices.TryGetValue(sku, out var price) ? price.In(currency) : null;

    private sealed record Price(decimal Eur, decimal Gbp, decimal Usd)
    {
        public decimal In(string currency) => currency switch
        {
            "EUR" => Eur,
            "GBP" => Gbp,
            "USD" => Usd,
            _ => throw new ArgumentOutOfRangeException(nameof(currency), currency, "There are no prices in this currency."),
        };
    }
}
