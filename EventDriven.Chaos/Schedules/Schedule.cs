using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Schedules;

/// <summary>
/// Makes the faults of a run from its seed alone: one every 5 to 8 s, sooner while fewer than two last, up to four at once, every kind once
/// before one comes again.
/// </summary>
internal static class Schedule
{
    private const int LeastAtOnce = 2;
    private const int MostAtOnce = 4;
    private const double LongestShare = 0.4;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LongestMeasured = TimeSpan.FromSeconds(15);

    // What was stopped takes some seconds to be back.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    /// <param name="seed">The same seed, length and kinds give the same schedule.</param>
    /// <param name="length">All faults are over by then.</param>
    /// <param name="kinds">What can happen. Their order does not count.</param>
    public static IReadOnlyList<PlannedFault> Of(int seed, TimeSpan length, IEnumerable<FaultKind> kinds)
    {
        // The algorithm of a seeded generator is part of .NET's compatibility.
        var random = new Random(seed);
        var all = kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).ToArray();
        var faults = new List<PlannedFault>();
        var held = new List<(string What, TimeSpan Until)>();
        var deck = new List<FaultKind>();
        var at = First + Between(random, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        while (all.Length > 0 && at < length)
        {
            if (deck.Count == 0)
            {
                random.Shuffle(all);
                deck.AddRange(all);
            }

            held.RemoveAll(h => h.Until <= at);
            var most = Least(length * LongestShare, length - at);
            var isCrowded = faults.Count(fault => fault.At + fault.Duration > at) >= MostAtOnce;

            // A kind whose targets are all held waits for its turn.
            var kind = isCrowded ? null : deck.Find(kind => kind.Shortest <= most && kind.Targets.Any(target => IsFree(kind, target)));
            if (kind is not null)
            {
                deck.Remove(kind);
                var free = kind.Targets.Where(target => IsFree(kind, target)).ToList();
                var target = free[random.Next(free.Count)];
                var duration = Between(random, kind.Shortest, Least(kind.Longest, most));
                faults.Add(new PlannedFault(faults.Count + 1, kind.Name, target, at, duration, kind.Parameters(random)));
                held.AddRange(kind.Held(target).Select(what => (what, at + duration + Recovery)));
            }

            var isLonely = faults.Count(fault => fault.At + fault.Duration > at) < LeastAtOnce;
            at += isLonely ? Between(random, Soon, LeastApart) : Between(random, LeastApart, MostApart);
        }

        return faults;

        bool IsFree(FaultKind kind, string target) => !kind.Held(target).Intersect(held.Select(h => h.What)).Any();
    }

    /// <summary>
    /// One fault at a time, with as long a time between their beginnings on average as is asked for: in a load that lasts for hours, the
    /// application recovers in between.
    /// </summary>
    /// <param name="seed">The same seed, length, kinds and time give the same schedule.</param>
    /// <param name="length">All faults are over by then.</param>
    /// <param name="kinds">What can happen. Their order does not count.</param>
    /// <param name="every">Mean time from the beginning of a fault to that of the next.</param>
    public static IReadOnlyList<PlannedFault> Spaced(int seed, TimeSpan length, IEnumerable<FaultKind> kinds, TimeSpan every)
    {
        var random = new Random(seed);
        var all = kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).ToArray();
        var faults = new List<PlannedFault>();
        var deck = new Queue<FaultKind>();
        var at = First + Between(random, TimeSpan.Zero, every);
        while (all.Length > 0 && at < length)
        {
            if (deck.Count == 0)
            {
                random.Shuffle(all);
                all.ToList().ForEach(deck.Enqueue);
            }

            var (kind, most) = (deck.Dequeue(), length - at);
            if (kind.Shortest <= most)
            {
                faults.Add(Draw(random, faults.Count + 1, kind, at, Between(random, kind.Shortest, Least(kind.Longest, most))));
            }

            // The next one waits for the end of this one, and for what it stopped.
            var soonest = faults.Count > 0 ? faults[^1].At + faults[^1].Duration + Recovery : at;
            at += Between(random, every / 2, every * 1.5);
            at = at > soonest ? at : soonest;
        }

        return faults;
    }

    /// <summary>
    /// Each kind several times, one after the other, all at once in the schedule's time: each waits for the recovery from that before it.
    /// </summary>
    /// <param name="seed">The same seed, kinds and number give the same schedule.</param>
    /// <param name="kinds">What happens. Their order does not count.</param>
    /// <param name="times">How often each kind happens.</param>
    public static IReadOnlyList<PlannedFault> OneByOne(int seed, IEnumerable<FaultKind> kinds, int times)
    {
        var random = new Random(seed);
        return
        [
            .. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).SelectMany(kind => Enumerable.Repeat(kind, times))
                .Select((kind, index) => Draw(
                    random, index + 1, kind, TimeSpan.Zero, Least((kind.Shortest + kind.Longest) / 2, LongestMeasured))),
        ];
    }

    /// <summary>The shortest length, in whole seconds, in which there is a fault.</summary>
    public static TimeSpan ShortestLength(int seed, IReadOnlyCollection<FaultKind> kinds)
    {
        if (kinds.Count == 0)
        {
            throw new ArgumentException("Without kinds there is no fault.", nameof(kinds));
        }

        var length = First;
        while (Of(seed, length, kinds).Count == 0)
        {
            length += TimeSpan.FromSeconds(1);
        }

        return length;
    }

    private static PlannedFault Draw(Random random, int number, FaultKind kind, TimeSpan at, TimeSpan duration) =>
        new(number, kind.Name, kind.Targets[random.Next(kind.Targets.Count)], at, duration, kind.Parameters(random));

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // In tenths of a second, as the table shows it.
    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(100 * Math.Floor((least + ((most - least) * random.NextDouble())).TotalMilliseconds / 100));
}
