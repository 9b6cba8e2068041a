using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Keys whose first row the broker refused. They are left out of the batches, so that other keys go on, and tried again one row at a time, so
/// that a later row can't get ahead of the one that was refused (law L5).
/// </summary>
internal sealed class OutboxRefusals(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<long> _tried = [];
    private long _lastTry;

    public IReadOnlySet<string> Keys => _keys;

    /// <summary>Whether it isn't single records that are refused, but nearly everything: then nothing new is read.</summary>
    public bool IsFlood => _keys.Count >= Most;

    /// <summary>Whether the refused rows are to be tried again now.</summary>
    public bool IsDue => _keys.Count > 0 && time.GetElapsedTime(_lastTry) >= RetryDelay;

    /// <summary>How long to wait for a wake-up: no longer than until the next try.</summary>
    public TimeSpan Wait(TimeSpan poll) => _keys.Count > 0 && poll > RetryDelay ? RetryDelay : poll;

    /// <summary>These rows, the first of their keys, are sent again.</summary>
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

    /// <summary>True when it was this row that held up its key: what came behind may be sent now.</summary>
    public bool Acknowledged(OutboxRow row) => _tried.Count > 0 && _tried.Remove(row.Sequence) && _keys.Remove(row.Key);
}
