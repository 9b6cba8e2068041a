using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>What became of the events that one group was to handle. Every event that was published is in one of the counts.</summary>
internal sealed class GroupReport(RegisteredGroup group)
{
    /// <summary>How many of what is wrong are listed.</summary>
    public const int Listed = 20;

    private readonly long[] _fates = new long[Enum.GetValues<EventFate>().Length];
    private readonly List<LogRecord> _missing = [];
    private readonly List<LogRecord> _altered = [];

    /// <summary>Consumer group.</summary>
    public string Group => group.Name;

    /// <summary>Records of the types that it handles, and those that can't be read.</summary>
    public long Published { get; private set; }

    /// <summary>Those of them that repeat an event: no error, but the reason for which there is an inbox.</summary>
    public long PublishedTwice { get; private set; }

    /// <summary>The first that are missing, as they were read.</summary>
    public IReadOnlyList<LogRecord> Missing => _missing;

    /// <summary>The first that have source and id of another event, as they were read.</summary>
    public IReadOnlyList<LogRecord> Altered => _altered;

    /// <summary>When the earliest of all that are missing was sent, UTC; a replay begins there.</summary>
    public DateTimeOffset? MissingSince { get; private set; }

    /// <summary>Effects that happened more than once; null when the service can't tell.</summary>
    public long? Double { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<DoubledEffect> DoubledEffects { get; private set; } = [];

    /// <summary>How the group's read model and the log agree; null when the service doesn't tell its keys.</summary>
    public ReadModelReport? ReadModel { get; private set; }

    /// <summary>Logs that a rebuild has left out: what stood only there is not in the read model any more.</summary>
    public IReadOnlyList<ConsumedLog> LeftOut { get; private set; } = [];

    /// <summary>Whether the offsets are in the group's database, so that its read model can be rebuilt.</summary>
    public bool CanBeRebuilt => group.OffsetsInDatabase;

    /// <summary>Whether something was lost or happened twice, or read model and log don't agree.</summary>
    public bool IsWrong => Count(EventFate.Missing) > 0 || Count(EventFate.Altered) > 0 || Double > 0 || ReadModel is { WithoutRow: > 0 } or { WithoutEvent: > 0 };

    /// <summary>How many events had this fate.</summary>
    public long Count(EventFate fate) => _fates[(int)fate];

    /// <summary>Counts a record.</summary>
    public void Add(LogRecord record, EventFate fate)
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

    private static void List(List<LogRecord> records, LogRecord record)
    {
        if (records.Count < Listed)
        {
            records.Add(record);
        }
    }

    /// <summary>Notes how read model and log agree.</summary>
    public void Add(ReadModelReport readModel) => ReadModel = readModel;

    /// <summary>Notes the logs that a rebuild has left out.</summary>
    public void Add(IReadOnlyList<ConsumedLog> leftOut) => LeftOut = leftOut;

    /// <summary>Notes what the service itself says about its effects.</summary>
    public void Add((long Count, IReadOnlyList<DoubledEffect> First) doubled) => (Double, DoubledEffects) = doubled;
}
