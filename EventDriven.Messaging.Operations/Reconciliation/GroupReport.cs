using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>The fates of the events that one group had to handle. Every published event is in exactly one of the counts.</summary>
public sealed class GroupReport
{
    /// <summary>How many wrong events, keys or effects are listed at most.</summary>
    public const int Listed = 20;

    private readonly RegisteredGroup _group;
    private readonly long[] _fates = new long[Enum.GetValues<EventFate>().Length];
    private readonly List<LogRecord> _missing = [];
    private readonly List<LogRecord> _altered = [];

    internal GroupReport(RegisteredGroup group) => _group = group;

    /// <summary>Consumer group.</summary>
    public string Group => _group.Name;

    /// <summary>Records of the types that it handles, and unreadable records.</summary>
    public long Published { get; private set; }

    /// <summary>Those of them that are copies of an event. They are no error: the inbox recognises them.</summary>
    public long PublishedTwice { get; private set; }

    /// <summary>The first missing events, in the order in which they were read.</summary>
    public IReadOnlyList<LogRecord> Missing => _missing;

    /// <summary>The first altered events, in the order in which they were read.</summary>
    public IReadOnlyList<LogRecord> Altered => _altered;

    /// <summary>When the earliest missing event was sent, UTC: a replay begins there. Null when none is missing.</summary>
    public DateTimeOffset? MissingSince { get; private set; }

    /// <summary>Number of effects that happened more than once; null when the service has no view of them.</summary>
    public long? DoubledCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<DoubledEffect> DoubledEffects { get; private set; } = [];

    /// <summary>The comparison of the group's read model with the log; null when the service has no view of its keys.</summary>
    public ReadModelReport? ReadModel { get; private set; }

    /// <summary>Logs that a rebuild has left out.</summary>
    public IReadOnlyList<LeftOutLog> LeftOut { get; private set; } = [];

    /// <summary>Whether the group keeps its offsets in its database, so that its read model can be rebuilt.</summary>
    public bool CanBeRebuilt => _group.OffsetsInDatabase;

    /// <summary>Whether an event was lost or altered, an effect happened twice, or read model and log do not agree.</summary>
    public bool IsWrong => Count(EventFate.Missing) > 0
        || Count(EventFate.Altered) > 0
        || DoubledCount > 0
        || ReadModel is { WithoutRow: > 0 } or { WithoutEvent: > 0 };

    /// <summary>How many events had this fate.</summary>
    public long Count(EventFate fate) => _fates[(int)fate];

    /// <summary>Counts a record.</summary>
    internal void Add(LogRecord record, EventFate fate)
    {
        Published++;
        PublishedTwice += record.IsCopy ? 1 : 0;
        _fates[(int)fate]++;
        if (fate == EventFate.Missing)
        {
            MissingSince = MissingSince < record.Time ? MissingSince : record.Time;
            List(_missing, record);
        }
        else if (fate == EventFate.Altered)
        {
            List(_altered, record);
        }
    }

    /// <summary>Adds the comparison of the read model.</summary>
    internal void Add(ReadModelReport readModel) => ReadModel = readModel;

    /// <summary>Adds the logs that a rebuild has left out.</summary>
    internal void Add(IEnumerable<ConsumedLog> leftOut) =>
        LeftOut = [.. leftOut.Select(log => new LeftOutLog(log.Topic, log.Cluster, log.LeftOutAt!.Value))];

    /// <summary>Adds the effects that happened more than once.</summary>
    internal void Add((long Count, IReadOnlyList<DoubledEffect> First) doubled) => (DoubledCount, DoubledEffects) = doubled;

    private static void List(List<LogRecord> records, LogRecord record)
    {
        if (records.Count < Listed)
        {
            records.Add(record);
        }
    }
}
