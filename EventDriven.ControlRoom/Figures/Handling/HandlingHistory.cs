using EventDriven.Messaging.Operations.Handling;

namespace EventDriven.ControlRoom.Figures.Handling;

/// <summary>How long handling took in the last hour, in memory. Not for concurrent use.</summary>
internal sealed class HandlingHistory
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Instance, string Group), GroupHandling> _last = [];
    private readonly Queue<HandlingSample> _samples = new();

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyCollection<HandlingSample> Samples => _samples;

    /// <summary>Adds what the instances have counted since their start.</summary>
    /// <param name="at">When it was read, UTC.</param>
    /// <param name="told">The counts by instance. One that does not answer is missing, and is made up for when it does.</param>
    public void Add(DateTimeOffset at, IEnumerable<(string Instance, IReadOnlyList<GroupHandling> Groups)> told)
    {
        var groups = new Dictionary<string, HandlingCounts>(StringComparer.Ordinal);
        foreach (var (instance, counted) in told)
        {
            foreach (var now in counted)
            {
                if (_last.TryGetValue((instance, now.Group), out var before))
                {
                    var since = Since(before, now);
                    groups[now.Group] = groups.TryGetValue(now.Group, out var others) ? others.Plus(since) : since;
                }

                _last[(instance, now.Group)] = now;
            }
        }

        _samples.Enqueue(new HandlingSample(at, groups));
        while (_samples.TryPeek(out var oldest) && oldest.At < at - Hour)
        {
            _samples.Dequeue();
        }
    }

    // An instance that was started anew counts from 0.
    private static HandlingCounts Since(GroupHandling before, GroupHandling now) =>
        before.Durations.Zip(now.Durations).Any(pair => pair.Second < pair.First)
            ? new HandlingCounts(now.Durations, now.Ages)
            : new HandlingCounts(Difference(before.Durations, now.Durations), Difference(before.Ages, now.Ages));

    private static IReadOnlyList<long> Difference(IReadOnlyList<long> before, IReadOnlyList<long> now) =>
        [.. before.Zip(now, (first, second) => Math.Max(0, second - first))];
}
