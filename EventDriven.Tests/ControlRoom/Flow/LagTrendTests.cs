using EventDriven.ControlRoom.Flow;

namespace EventDriven.Tests.ControlRoom.Flow;

/// <summary>Where a lag goes, and when it will be gone.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LagTrendTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_lag_that_shrinks_tells_when_it_is_gone()
    {
        var trend = Of(1_000, 900, 800, 700);

        Assert.True(trend.IsFalling);
        Assert.Equal(-100, trend.PerSecond!.Value, precision: 3);
        Assert.Equal(7, trend.CatchUp!.Value.TotalSeconds, precision: 3);
    }

    [Fact]
    public void A_lag_that_grows_never_is()
    {
        var trend = Of(0, 50, 100);

        Assert.True(trend.IsRising);
        Assert.Null(trend.CatchUp);
    }

    [Fact]
    public void One_that_stays_is_steady()
    {
        var trend = Of(10, 10, 10);

        Assert.False(trend.IsRising || trend.IsFalling);
        Assert.Equal(0, trend.PerSecond);
        Assert.Null(trend.CatchUp);
    }

    [Fact]
    public void A_single_outlier_does_not_turn_a_trend() => Assert.True(Of(1_000, 900, 820, 700, 640, 500, 410, 330, 330).IsFalling);

    [Fact]
    public void One_measurement_tells_nothing()
    {
        Assert.Equal(LagTrend.Unknown, Of(5));
        Assert.Equal(LagTrend.Unknown, Of());
    }

    private static LagTrend Of(params long[] events) =>
        LagTrend.Of([.. events.Select((lag, second) => (Begin.AddSeconds(second), lag))]);
}
