using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Campaigns;

/// <summary>Two kinds of faults, in the order of their names.</summary>
internal readonly record struct KindPair
{
    public KindPair(string one, string other) =>
        (First, Second) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);

    public string First { get; }

    public string Second { get; }

    /// <summary>Every two kinds that can last at the same time.</summary>
    public static IEnumerable<KindPair> That(IReadOnlyList<FaultKind> kinds) => kinds.SelectMany(
        (one, index) => kinds.Skip(index + 1).Where(one.CanOverlap).Select(other => new KindPair(one.Name, other.Name)));

    /// <summary>The kinds of which two faults took effect and lasted at the same time.</summary>
    public static IReadOnlySet<KindPair> Overlapped(IEnumerable<FaultReport> reports)
    {
        var noticed = reports.Where(report => report.TookEffect).ToList();
        return noticed.SelectMany((one, index) => noticed.Skip(index + 1).Where(
                    other => other.Fault.Kind != one.Fault.Kind && other.Began < one.Ended && one.Began < other.Ended),
                (one, other) => new KindPair(one.Fault.Kind, other.Fault.Kind))
            .ToHashSet();
    }
}
