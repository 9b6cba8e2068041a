using EventDriven.ControlRoom.Flow;

namespace EventDriven.Tests.ControlRoom.Flow;

/// <summary>What is kept of the last hour, and the rates that come of it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FlowHistoryTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FlowHistory _history = new();

    [Fact]
    public void A_rate_is_what_came_in_the_last_ten_seconds()
    {
        for (var second = 0; second <= 60; second++)
        {
            // 5/s for 50 s, then 20/s.
            Add(second, end: second <= 50 ? second * 5 : 250 + ((second - 50) * 20));
        }

        Assert.Equal(20, Rate()!.Value, precision: 3);
    }

    [Fact]
    public void A_topic_that_was_made_anew_has_no_negative_rate()
    {
        Add(0, end: 1_000);
        Add(1, end: 3);

        Assert.Equal(0, Rate());
    }

    [Fact]
    public void One_sample_makes_no_rate()
    {
        Assert.Null(Rate());
        Add(0, end: 7);
        Assert.Null(Rate());
    }

    [Fact]
    public void An_hour_is_kept_with_a_sample_each_five_seconds_and_no_more()
    {
        for (var second = 0; second < 2 * 3_600; second++)
        {
            Add(second, end: second, lag: second);
        }

        Assert.InRange(_history.Samples.Count, 719, 721);
        Assert.Equal(10, _history.Past("shipping", 10).Count);
        Assert.Equal(5, _history.Past("shipping", 10)[1] - _history.Past("shipping", 10)[0]);
    }

    private double? Rate() => _history.Rate(sample => sample.Ends.TryGetValue("orders", out var end) ? end : null);

    private void Add(int second, long end, long lag = 0) => _history.Add(new FlowSample(
        Begin.AddSeconds(second),
        new Dictionary<string, long>(StringComparer.Ordinal) { ["orders"] = end },
        new Dictionary<(string, string), long>(),
        new Dictionary<string, long>(StringComparer.Ordinal) { ["shipping"] = lag }));
}
