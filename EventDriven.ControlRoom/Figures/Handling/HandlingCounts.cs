using EventDriven.Messaging.Operations.Handling;

namespace EventDriven.ControlRoom.Figures.Handling;

/// <summary>How long handling took within some seconds, in all instances of a service.</summary>
/// <param name="Durations">Attempts by duration, counted in <see cref="HandlingBuckets"/>.</param>
/// <param name="Ages">Handled events by the time from the fact to its effect.</param>
internal sealed record HandlingCounts(IReadOnlyList<long> Durations, IReadOnlyList<long> Ages)
{
    public HandlingCounts Plus(HandlingCounts other) => new(Sum(Durations, other.Durations), Sum(Ages, other.Ages));

    /// <summary>The duration within which a part of all stays, in seconds; null when there is none.</summary>
    /// <param name="counts">Counted in <see cref="HandlingBuckets"/>.</param>
    /// <param name="part">The part, such as 0.95.</param>
    public static double? Percentile(IReadOnlyList<long> counts, double part)
    {
        var all = counts.Sum();
        if (all == 0)
        {
            return null;
        }

        var (before, wanted) = (0L, all * part);
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0 && before + counts[i] >= wanted)
            {
                // Within a bucket, values count as evenly spread.
                var low = i == 0 ? 0 : HandlingBuckets.Bounds[i - 1];
                var high = i < HandlingBuckets.Bounds.Count ? HandlingBuckets.Bounds[i] : low;
                return low + ((high - low) * Math.Clamp((wanted - before) / counts[i], 0, 1));
            }

            before += counts[i];
        }

        return HandlingBuckets.Bounds[^1];
    }

    private static IReadOnlyList<long> Sum(IReadOnlyList<long> one, IReadOnlyList<long> other) =>
        [.. one.Zip(other, (first, second) => first + second)];
}
