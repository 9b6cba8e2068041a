using EventDriven.ControlRoom.Figures.Handling;
using EventDriven.Messaging.Operations.Handling;

namespace EventDriven.Tests.ControlRoom.Figures;

/// <summary>How long handling takes, from counts of instances that come and go.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class HandlingTests
{
    private readonly HandlingHistory _history = new();

    [Theory]
    [InlineData(0.0005, 0)]
    [InlineData(0.001, 0)]
    [InlineData(0.0011, 1)]
    [InlineData(1e9, 35)]
    public void A_duration_has_a_bucket(double seconds, int bucket) => Assert.Equal(bucket, HandlingBuckets.Of(seconds));

    [Fact]
    public void A_percentile_is_within_the_bucket_that_it_falls_into()
    {
        var counts = Counts((0.0015, 90), (0.4, 10));

        Assert.Equal(0.001 + (0.001 * 50 / 90), HandlingCounts.Percentile(counts, 0.5)!.Value, precision: 9);
        Assert.Equal(0.4, HandlingCounts.Percentile(counts, 0.95)!.Value, precision: 9);
        Assert.Null(HandlingCounts.Percentile(Counts(), 0.5));
    }

    [Fact]
    public void What_is_beyond_the_last_bound_is_told_as_that_bound() =>
        Assert.Equal(HandlingBuckets.Bounds[^1], HandlingCounts.Percentile(Counts((1e9, 3)), 0.5));

    [Fact]
    public void Instances_add_up_and_what_was_before_the_first_reading_does_not_count()
    {
        Add(0, ("one", 100), ("two", 7));
        Add(5, ("one", 103), ("two", 8));

        Assert.Equal([0, 4], Handled());
    }

    [Fact]
    public void An_instance_that_was_started_anew_counts_from_nothing()
    {
        Add(0, ("one", 100));
        Add(5, ("one", 2));

        Assert.Equal([0, 2], Handled());
    }

    [Fact]
    public void What_was_handled_while_an_instance_did_not_answer_is_made_up_for()
    {
        Add(0, ("one", 100));
        Add(5);
        Add(10, ("one", 110));

        Assert.Equal([0, 0, 10], Handled());
    }

    [Fact]
    public void An_hour_is_kept()
    {
        for (var second = 0; second <= 7_200; second += 5)
        {
            Add(second, ("one", second));
        }

        Assert.Equal(721, _history.Samples.Count);
    }

    private static IReadOnlyList<long> Counts(params (double Seconds, long Count)[] counted)
    {
        var counts = new long[HandlingBuckets.Count];
        foreach (var (seconds, count) in counted)
        {
            counts[HandlingBuckets.Of(seconds)] += count;
        }

        return counts;
    }

    private void Add(int second, params (string Instance, long Handled)[] told) => _history.Add(
        DateTimeOffset.UnixEpoch.AddSeconds(second),
        told.Select(instance => (
            instance.Instance,
            (IReadOnlyList<GroupHandling>)
            [
                new GroupHandling("inventory", Counts((0.01, instance.Handled)), Counts((1, instance.Handled))),
            ])));

    private IEnumerable<long> Handled() =>
        _history.Samples.Select(sample => sample.Groups.GetValueOrDefault("inventory")?.Durations.Sum() ?? 0);
}
