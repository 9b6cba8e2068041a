using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Keys whose first row the broker refused. Batches leave them out, so that other keys go on. They are tried again one row at a time, so
/// that a later row can't overtake the refused one (law L5).
/// </summary>
internal sealed class OutboxRefusals(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<long> _tried = [];
    private long _lastTry;

    public IReadOnlySet<string> Keys => _keys;

    /// <summary>Whether so many keys are refused that reading stops until some are accepted.</summary>
    public bool IsFlood => _keys.Count >= Most;

    /// <summary>Whether the refused rows are due for a retry.</summary>
    public bool IsDue => _keys.Count > 0 && time.GetElapsedTime(_lastTry) >= RetryDelay;

    /// <summary>How long to wait for a wake-up, at most until the next retry.</summary>
    public TimeSpan Wait(TimeSpan poll) => _keys.Count > 0 && poll > RetryDelay ? RetryDelay : poll;

    /// <summary>Notes that these rows, the first of their keys, are being sent again.</summary>
    public void Trying(IEnumerable<OutboxRow> rows)
    {
        _lastTry = time.GetTimestamp();
        _tried.UnionWith(rows.Select(row => row.Sequence));
    }

    public void Refused(OutboxRow row)
    {
        _lastTry = time.GetTimestamp();
        _tried.Remove(row.Sequence);
        _keys.Add(row.Key);
    }

    /// <summary>True if this row had blocked its key, whose later rows may be sent now.</summary>
    public bool Acknowledged(OutboxRow row) => _tried.Count > 0 && _tried.Remove(row.Sequence) && _keys.Remove(row.Key);
}
