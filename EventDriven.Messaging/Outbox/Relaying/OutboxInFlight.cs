using System.Runtime.InteropServices;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Rows that were read and not deleted yet. The next read is given their numbers and skips them. A cursor would be wrong: transactions
/// commit out of order, so a lower number may become visible after a higher one. Only the relay's loop uses it.
/// </summary>
internal sealed class OutboxInFlight
{
    // Room for several batches: the next one is read while the broker answers earlier ones, and one slow partition blocks the others only
    // if its rows fill all of them.
    private const int Batches = 3;

    private readonly Dictionary<long, OutboxRow> _rows = [];
    private readonly Dictionary<string, int> _unansweredByKey = new(StringComparer.Ordinal);
    private long _unansweredBytes;

    /// <summary>Number of rows without an answer, those about to be sent included.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Number of different keys among these rows.</summary>
    public int Keys => _unansweredByKey.Count;

    /// <summary>Acknowledged rows, to be deleted.</summary>
    public List<OutboxRow> Acknowledged { get; private set; } = [];

    /// <summary>Whether another batch may be read. This bounds memory, whatever the depth of the outbox.</summary>
    public bool HasRoom(int batchSize) =>
        Unanswered <= (Batches - 1) * batchSize && _unansweredBytes <= (Batches - 1) * OutboxTable.MaxBatchBytes;

    /// <summary>
    /// Whether rows of the key are in flight. Later rows of the key wait for their answers, because one of these may be a refusal.
    /// </summary>
    public bool HasKey(string key) => _unansweredByKey.ContainsKey(key);

    public bool HasBucket(int bucket) => _rows.Values.Any(row => row.Bucket == bucket);

    public long[] Sequences() => [.. _rows.Keys];

    /// <summary>Adds a row that is sent or about to be sent.</summary>
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

    /// <summary>Removes a row that stays in the table and may be read again.</summary>
    public void Remove(OutboxRow row)
    {
        NoLongerUnanswered(row);
        _rows.Remove(row.Sequence);
    }

    /// <summary>Takes the acknowledged rows, for the caller to delete.</summary>
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
