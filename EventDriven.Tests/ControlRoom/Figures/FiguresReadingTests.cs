using EventDriven.ControlRoom.Figures;
using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Flow;

namespace EventDriven.Tests.ControlRoom.Figures;

/// <summary>Charts that are made of samples.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FiguresReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rate_is_what_came_between_two_samples()
    {
        // 10 events/s for ten minutes, a sample each 5 s.
        var charts = Of(minutes: 10, perSecond: 10);

        var published = Assert.Single(Chart(charts, "published").Series);
        Assert.Equal(("orders", "/#topic-orders"), (published.Name, published.Link));
        Assert.All(published.Points.Where(point => point.Value is not null), point => Assert.Equal(10, point.Value!.Value, precision: 6));
        Assert.True(published.Points.Count(point => point.Value is not null) > 50);
        Assert.Equal(10, Assert.Single(Chart(charts, "handled").Series).Latest!.Value, precision: 6);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(30, 1_800)]
    [InlineData(60, 3_600)]
    public void The_time_shown_is_what_is_known_and_five_minutes_at_least(int minutes, int seconds)
    {
        var points = Assert.Single(Chart(Of(minutes, perSecond: 1), "lag").Series).Points;

        Assert.Equal(Now, points[^1].At);
        Assert.InRange((Now - points[0].At).TotalSeconds, seconds * 0.95, seconds);
        Assert.InRange(points.Count, 30, 92);
    }

    [Fact]
    public void A_lag_is_the_last_of_its_interval_and_an_age_the_greatest()
    {
        var charts = Of(minutes: 60, perSecond: 1);

        Assert.Equal(3_600, Assert.Single(Chart(charts, "lag").Series).Latest);
        Assert.Equal(7, Assert.Single(Chart(charts, "oldest").Series).Latest);
    }

    [Fact]
    public void Nothing_known_makes_empty_charts() => Assert.All(FiguresReading.Of([], [], Now), chart => Assert.True(chart.IsEmpty));

    [Fact]
    public void Revenue_has_every_minute_of_the_hour()
    {
        var business = Business([new(Now.AddMinutes(-3), "EUR", 12.5m), new(Now.AddMinutes(-1), "EUR", 7.5m), new(Now, "USD", 1)]);

        var chart = BusinessCharts.Revenue(business);

        Assert.Equal(["EUR", "USD"], chart.Series.Select(series => series.Name));
        Assert.Equal(60, chart.Series[0].Points.Count);
        Assert.Equal([0, 12.5, 0, 7.5, 0], chart.Series[0].Points.TakeLast(5).Select(point => point.Value!.Value));
        Assert.Equal(("EUR", 20m), BusinessCharts.Totals(business)[0]);
    }

    [Fact]
    public void The_funnel_begins_with_all_orders()
    {
        var bars = BusinessCharts.Funnel(new OrderCounts(1, 6, 2, 1));

        Assert.Equal(("Placed", 10.0, "100 %"), (bars[0].Name, bars[0].Value, bars[0].Detail));
        Assert.Equal(("Confirmed", 6.0, "60 %"), (bars[1].Name, bars[1].Value, bars[1].Detail));
        Assert.Empty(BusinessCharts.Funnel(new OrderCounts(0, 0, 0, 0)));
    }

    private static BusinessFigures Business(IReadOnlyList<MinuteRevenue> revenue) =>
        new(Now.AddSeconds(20), new OrderCounts(0, 0, 0, 0), new ConfirmTimes(0, null, null), [], revenue);

    private static Chart Chart(IReadOnlyList<Chart> charts, string id) => charts.Single(chart => chart.Id == id);

    private static IReadOnlyList<Chart> Of(int minutes, int perSecond) => FiguresReading.Of(
        [
            .. Enumerable.Range(0, (minutes * 12) + 1).Select(i => new FlowSample(
                Now.AddMinutes(-minutes).AddSeconds(i * 5),
                new Dictionary<string, long>(StringComparer.Ordinal) { ["orders"] = i * 5L * perSecond },
                new Dictionary<(string, string), long> { [("inventory", "orders")] = i * 5L * perSecond },
                new Dictionary<string, long>(StringComparer.Ordinal) { ["inventory"] = i * 5L })
            {
                Seconds = new Dictionary<string, double>(StringComparer.Ordinal) { ["inventory"] = i % 8 },
            }),
        ],
        [],
        Now);
}
