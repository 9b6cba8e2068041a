using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>Adds up what the rolled-back transactions would have changed.</summary>
/// <param name="sent">What each new row of a table sends, such as a mail, by table.</param>
internal sealed class RehearsalReport(IReadOnlyDictionary<string, string> sent)
{
    private readonly SortedDictionary<string, RowChanges> _rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _published = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RehearsalFailure> _failures = new(StringComparer.Ordinal);

    public long Records { get; set; }

    public long PassedOver { get; set; }

    public long Discarded { get; set; }

    public long Recognised { get; set; }

    public long Applied { get; set; }

    public bool HasFailures => _failures.Count > 0;

    /// <summary>Adds the changes of a transaction: the difference of PostgreSQL's counts.</summary>
    public void Changed(IReadOnlyDictionary<string, RowChanges> before, IReadOnlyDictionary<string, RowChanges> after)
    {
        foreach (var (table, counts) in after)
        {
            var changes = counts.Minus(before.GetValueOrDefault(table, RowChanges.None));
            if (changes == RowChanges.None)
            {
                continue;
            }

            _rows[table] = _rows.GetValueOrDefault(table, RowChanges.None).Plus(changes);
            if (sent.TryGetValue(table, out var what))
            {
                _sent[what] = _sent.GetValueOrDefault(what) + changes.Inserted;
            }
        }
    }

    /// <summary>Adds the events that a transaction published.</summary>
    public void Announced(IReadOnlyDictionary<string, long> events)
    {
        foreach (var (type, count) in events)
        {
            _published[type] = _published.GetValueOrDefault(type) + count;
        }
    }

    /// <summary>Adds an event that can't be applied.</summary>
    public void Failed(SourceRecord record, string example, Exception exception)
    {
        var error = exception.GetType().Name;
        _failures[error] = _failures.TryGetValue(error, out var known)
            ? known with { Events = known.Events + 1 }
            : new RehearsalFailure(
                error, 1, example, $"{record.Topic}[{record.Partition}]@{record.Offset}", StoredError.Of(exception).Message);
    }

    public RehearsalResult Result(string group, TimeSpan took) => new(
        group,
        Records,
        PassedOver,
        Discarded,
        Recognised,
        Applied,
        _rows,
        _published,
        _sent,
        [.. _failures.Values.OrderByDescending(f => f.Events)],
        Math.Round(took.TotalSeconds, 2));
}
