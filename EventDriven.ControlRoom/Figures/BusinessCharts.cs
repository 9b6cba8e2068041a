using System.Globalization;
using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Layout;

namespace EventDriven.ControlRoom.Figures;

/// <summary>Makes charts of what Analytics knows.</summary>
internal static class BusinessCharts
{
    private const int Minutes = 60;
    private const int MostCurrencies = 3;

    // The facts that the numbers are made of.
    private const string Orders = "orders.v1";
    private const string Payments = "payments.v1";

    /// <summary>Revenue of the last hour by currency, highest first.</summary>
    public static IReadOnlyList<(string Currency, decimal Amount)> Totals(BusinessFigures business) =>
    [
        .. business.Revenue.GroupBy(minute => minute.Currency, StringComparer.Ordinal)
            .Select(currency => (Currency: currency.Key, Amount: currency.Sum(minute => minute.Amount)))
            .OrderByDescending(total => total.Amount).ThenBy(total => total.Currency, StringComparer.Ordinal),
    ];

    /// <summary>Revenue by minute, also of minutes without any.</summary>
    public static Chart Revenue(BusinessFigures business)
    {
        var end = new DateTimeOffset(business.At.UtcTicks - (business.At.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var amounts = business.Revenue.ToLookup(minute => (minute.Currency, minute.Minute), minute => minute.Amount);
        return new Chart("revenue", "Revenue by minute", ChartUnit.Money,
        [
            .. Totals(business).Take(MostCurrencies).Select(total => new ChartSeries(
                total.Currency,
                $"/#{Anchors.Topic(Payments)}",
                [
                    .. Enumerable.Range(0, Minutes).Select(i => end.AddMinutes(i - Minutes + 1))
                        .Select(minute => new ChartPoint(minute, (double)amounts[(total.Currency, minute)].Sum())),
                ])),
        ])
        {
            Note = "Captured less refunded, by the minute in which it was.",
            Nothing = "No payment was captured in the last hour.",
        };
    }

    /// <summary>What has become of the orders.</summary>
    public static IReadOnlyList<ChartBar> Funnel(OrderCounts orders) => orders.All == 0
        ? []
        :
        [
            Part("Placed", orders.All, orders.All), Part("Confirmed", orders.Confirmed, orders.All),
            Part("Rejected", orders.Rejected, orders.All), Part("Cancelled", orders.Cancelled, orders.All),
            Part("Still open", orders.Placed, orders.All),
        ];

    /// <summary>What is ordered most.</summary>
    public static IReadOnlyList<ChartBar> Skus(BusinessFigures business) =>
    [
        .. business.TopSkus.Select(sku => new ChartBar(sku.Sku, $"/#{Anchors.Topic(Orders)}", sku.Quantity, Say.Count(sku.Quantity))
        {
            Detail = $"in {Say.Counted(sku.Orders, "order")}",
        }),
    ];

    private static ChartBar Part(string name, long count, long all) => new(name, $"/#{Anchors.Topic(Orders)}", count, Say.Count(count))
    {
        Detail = (100.0 * count / all).ToString("0.#", CultureInfo.InvariantCulture) + " %",
    };
}
