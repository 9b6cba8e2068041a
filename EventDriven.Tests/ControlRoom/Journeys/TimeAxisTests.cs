using EventDriven.ControlRoom.Journeys.Chart;

namespace EventDriven.Tests.ControlRoom.Journeys;

/// <summary>Where moments are on the axis of a journey.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TimeAxisTests
{
    private const double Left = 100;
    private const double Right = 1100;

    private static readonly DateTimeOffset Begin = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_long_gaps_time_is_even_from_end_to_end()
    {
        var axis = Of((0, 0), (50, 60), (100, 100));

        Assert.Empty(axis.Folds);
        Assert.Equal((Left, 600, 700, Right), (axis.X(At(0)), axis.X(At(50)), axis.X(At(60)), axis.X(At(100))));
    }

    [Fact]
    public void A_gap_that_is_longer_than_all_the_rest_is_folded_and_says_how_long_it_was()
    {
        var axis = Of((0, 0), (40, 100), (3_600_000, 3_600_100));

        var fold = Assert.Single(axis.Folds);
        Assert.Equal(TimeSpan.FromMilliseconds(3_599_900), fold.Duration);
        Assert.Equal(axis.X(At(100)), fold.X);
        Assert.Equal(axis.X(At(3_600_000)), fold.X + TimeAxis.FoldWidth, tolerance: 0.01);
        Assert.Equal((Left, Right), (axis.X(At(0)), axis.X(At(3_600_100))));
        Assert.Equal(fold.X + (TimeAxis.FoldWidth / 2), axis.X(At(1_000_000)), tolerance: 0.01);
    }

    [Fact]
    public void A_short_gap_is_shown_however_little_happens_around_it()
    {
        Assert.Empty(Of((0, 0), (200, 200)).Folds);
        Assert.Single(Of((0, 0), (5_000, 5_000)).Folds);
    }

    [Fact]
    public void A_moment_before_and_after_everything_is_at_the_ends()
    {
        var axis = Of((0, 0), (100, 100));

        Assert.Equal((Left, Right), (axis.X(At(-50)), axis.X(At(200))));
    }

    [Fact]
    public void Later_moments_are_never_further_left()
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var spans = Enumerable.Range(0, random.Next(1, 12))
                .Select(_ => random.Next(0, 1 + (int)Math.Pow(10, random.Next(1, 7))))
                .Select(from => (from, from + random.Next(0, 300))).ToArray();
            var axis = Of(spans);
            var places = spans.SelectMany(span => new[] { span.from, span.Item2 }).Order().Select(at => axis.X(At(at))).ToList();

            Assert.Equal(places.Order(), places);
            Assert.All(places, x => Assert.InRange(x, Left - 0.01, Right + 0.01));
        }
    }

    [Fact]
    public void Ticks_are_round_and_can_be_read()
    {
        var ticks = Of((0, 437)).Ticks();

        Assert.Equal([0, 50, 100, 150, 200, 250, 300, 350, 400], ticks.Select(tick => tick.Since.TotalMilliseconds));
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.X - pair.First.X > 50));
    }

    [Fact]
    public void One_moment_is_an_axis_and_none_is_not()
    {
        Assert.Equal(Left, Of((0, 0)).X(At(0)));
        Assert.Throws<ArgumentException>(() => TimeAxis.Of([], Left, Right));
    }

    private static DateTimeOffset At(double milliseconds) => Begin.AddMilliseconds(milliseconds);

    private static TimeAxis Of(params (int From, int To)[] spans) =>
        TimeAxis.Of(spans.Select(span => (At(span.From), At(span.To))), Left, Right);
}
