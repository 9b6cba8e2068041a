using EventDriven.Chaos;
using EventDriven.Chaos.Samples;

namespace EventDriven.Tests.Chaos;

/// <summary>What a long run of <c>./chaos.sh</c> says of memory, handles and tables.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class GrowthTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void What_is_more_in_the_last_quarter_than_in_the_second_grows() => Assert.Equal(
        ["checkout handles", "checkout memory"],
        Growth.Of(
            [
                .. Series(SampleKind.Memory, "checkout", minute => 200 + (3 * minute)),
                .. Series(SampleKind.Handles, "checkout", minute => 200 + (3 * minute)),
                .. Series(SampleKind.Threads, "checkout", _ => 40),
            ],
            Hour));

    [Fact]
    public void What_fills_first_and_then_stays_does_not_grow() => Assert.Empty(Growth.Of(
        Series(SampleKind.Memory, "checkout", minute => Math.Min(100 + (20 * minute), 400)), Hour));

    [Fact]
    public void A_peak_is_no_growth() => Assert.Empty(Growth.Of(
        Series(SampleKind.Rows, "checkoutdb messaging.outbox", minute => minute is 50 or 55 ? 9_000 : 0), Hour));

    [Fact]
    public void A_few_more_are_chance() => Assert.Empty(Growth.Of(
        Series(SampleKind.Connections, "checkout", minute => minute < 40 ? 5 : 12), Hour));

    [Fact]
    public void Facts_may_be_as_many_an_order_as_before_and_not_more()
    {
        Assert.Empty(Growth.Of(Series(SampleKind.RecordRows, "checkoutdb public.orders", minute => 100 * minute), Hour));
        Assert.Equal(
            ["checkoutdb public.orders rows"],
            Growth.Of(Series(SampleKind.RecordRows, "checkoutdb public.orders", minute => 5 * minute * minute), Hour));
        Assert.Equal(
            ["checkoutdb messaging.outbox rows"],
            Growth.Of(Series(SampleKind.Rows, "checkoutdb messaging.outbox", minute => 100 * minute), Hour));
    }

    [Fact]
    public void A_short_run_tells_nothing() => Assert.Empty(Growth.Of(
        Series(SampleKind.Memory, "checkout", minute => 100 * minute), TimeSpan.FromMinutes(29)));

    [Fact]
    public void What_grows_fails_a_run() => Assert.Equal(
        new Verdict(1, "FAILED: growing: checkout memory, checkout handles"),
        Verdict.Of(1, [], 600, 0, ["checkout memory", "checkout handles"]));

    [Fact]
    public void The_table_has_the_first_the_last_and_the_greatest_value()
    {
        var table = SampleTable.Of(Series(SampleKind.Memory, "checkout", minute => minute == 30 ? 512.25 : 100 + minute));

        Assert.Matches("(?m)^checkout memory +100 +159 +512.25$", table);
        Assert.Equal(
            "60\t100\tMemory\tcheckout\t101",
            SampleTable.Line(Series(SampleKind.Memory, "checkout", minute => 100 + minute).ElementAt(1)));
    }

    private static IEnumerable<Sample> Series(SampleKind kind, string of, Func<int, double> value) =>
        Enumerable.Range(0, 60).Select(minute => new Sample(kind, of, TimeSpan.FromMinutes(minute), 100 * minute, value(minute)));
}
