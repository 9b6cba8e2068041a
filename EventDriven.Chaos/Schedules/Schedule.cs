using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Schedules;

/// <summary>
/// Makes the faults of a run from its seed alone: one every 5 to 8 s, sooner while fewer than two last, up to four at once, every kind once before one comes again.
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
        var deck = new Queue<FaultKind>();
        var at = First + Between(random, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        while (all.Length > 0 && at < length)
        {
            if (deck.Count == 0)
            {
                random.Shuffle(all);
                deck = new Queue<FaultKind>(all);
            }

            held.RemoveAll(h => h.Until <= at);
            var kind = deck.Dequeue();
            var free = kind.Targets.Where(target => held.TrueForAll(h => h.What != Claim(kind, target))).ToList();
            var longest = Least(kind.Longest, length * LongestShare, length - at);
            var isCrowded = faults.Count(fault => fault.At + fault.Duration > at) >= MostAtOnce;
            if (free.Count > 0 && longest >= kind.Shortest && !isCrowded)
            {
                var target = free[random.Next(free.Count)];
                var duration = Between(random, kind.Shortest, longest);
                faults.Add(new PlannedFault(faults.Count + 1, kind.Name, target, at, duration, kind.Parameters(random)));
                held.Add((Claim(kind, target), at + duration + Recovery));
            }

            var isLonely = faults.Count(fault => fault.At + fault.Duration > at) < LeastAtOnce;
            at += isLonely ? Between(random, Soon, LeastApart) : Between(random, LeastApart, MostApart);
        }

        return faults;
    }

    private static string Claim(FaultKind kind, string target) => $"{kind.Claims} {target}";

    private static TimeSpan Least(params ReadOnlySpan<TimeSpan> spans)
    {
        var least = spans[0];
        foreach (var span in spans)
        {
            least = span < least ? span : least;
        }

        return least;
    }

    // In tenths of a second, as the table shows it.
    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(100 * Math.Floor((least + ((most - least) * random.NextDouble())).TotalMilliseconds / 100));
}
