using System.Runtime.InteropServices;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Rows between their reading and their deletion. They are named to the next read, which leaves them out: a cursor would be wrong, because a
/// lower number of another key may become visible late and be followed by a higher one of that key. Used by the relay's loop alone.
/// </summary>
internal sealed class OutboxInFlight
{
    // Several batches on their way: the next one is read while the broker answers the former, and one slow partition holds up the others only
    // when its rows alone are as many.
    private const int Batches = 3;

    private readonly Dictionary<long, OutboxRow> _rows = [];
    private readonly Dictionary<string, int> _unansweredByKey = new(StringComparer.Ordinal);
    private long _unansweredBytes;

    /// <summary>Rows that the broker has not answered for, those included that are about to be sent.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How many keys these rows have.</summary>
    public int Keys => _unansweredByKey.Count;

    /// <summary>Acknowledged, to be deleted.</summary>
    public List<OutboxRow> Acknowledged { get; private set; } = [];

    /// <summary>Whether another batch may be read; what is in memory is bounded by this, not by the depth of the outbox.</summary>
    public bool HasRoom(int batchSize) =>
        Unanswered <= (Batches - 1) * batchSize && _unansweredBytes <= (Batches - 1) * OutboxTable.MaxBatchBytes;

    /// <summary>Rows of the key are on their way: later ones wait for their answers, because one of those may be a refusal.</summary>
    public bool HasKey(string key) => _unansweredByKey.ContainsKey(key);

    public bool HasBucket(int bucket) => _rows.Values.Any(row => row.Bucket == bucket);

    public long[] Sequences() => [.. _rows.Keys];

    /// <summary>The row is sent, or about to be.</summary>
    public void Add(OutboxRow row)
    {
        _rows.Add(row.Sequence, row);
        CollectionsMarshal.GetValueRefOrAddDefault(_unansweredByKey, row.Key, out _)++;
        _unansweredBytes += row.Bytes;
        Unanswered++;
    }

    public void Answered(OutboxAnswer answer)
    {
        if (answer.Error.IsError)
        {
            Remove(answer.Row);
        }
        else
        {
            NoLongerUnanswered(answer.Row);
            Acknowledged.Add(answer.Row);
        }
    }

    /// <summary>The row stays in the table, and may be read again.</summary>
    public void Remove(OutboxRow row)
    {
        NoLongerUnanswered(row);
        _rows.Remove(row.Sequence);
    }

    /// <summary>The acknowledged rows; they are about to be deleted.</summary>
    public List<OutboxRow> TakeAcknowledged()
    {
        var taken = Acknowledged;
        Acknowledged = new List<OutboxRow>(taken.Count);
        taken.ForEach(row => _rows.Remove(row.Sequence));
        return taken;
    }

    private void NoLongerUnanswered(OutboxRow row)
    {
        ref var ofKey = ref CollectionsMarshal.GetValueRefOrNullRef(_unansweredByKey, row.Key);
        if (--ofKey == 0)
        {
            _unansweredByKey.Remove(row.Key);
        }

        _unansweredBytes -= row.Bytes;
        Unanswered--;
    }
}
