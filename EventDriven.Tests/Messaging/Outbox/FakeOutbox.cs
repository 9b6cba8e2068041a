using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Tests.Messaging.Outbox;

/// <summary>An outbox and a broker in memory: the test says what is stored and what the broker answers.</summary>
internal sealed class FakeOutbox(OutboxAnswers answers) : IOutboxTable, IOutboxBuckets, IOutboxSender
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, OutboxRecord> _rows = [];
    private readonly List<OutboxRow> _sent = [];

    /// <summary>What the broker says to a row; null leaves it without an answer.</summary>
    public Func<OutboxRow, Error?> Broker { get; set; } = _ => new Error(ErrorCode.NoError);

    public IReadOnlyList<OutboxRow> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    public int Stored
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    public bool OwnsAll => true;

    public IReadOnlyList<int> Owned { get; } = [0];

    public static OutboxRow Row(long sequence, string key) => new(sequence, 0, "notes.v1", key, 1);

    public void Add(long sequence, string key)
    {
        lock (_lock)
        {
            _rows.Add(sequence, new OutboxRecord(Row(sequence, key), Envelope(sequence, key), [1]));
        }
    }

    public Task<List<OutboxRecord>> ReadAsync(
        IReadOnlyCollection<OutboxRow> delete,
        IReadOnlyList<int> buckets,
        long[] without,
        IReadOnlyCollection<string> withoutKeys,
        int atMost,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Delete(delete);
            return Task.FromResult(_rows.Values
                .Where(record => !without.Contains(record.Row.Sequence) && !withoutKeys.Contains(record.Row.Key)).Take(atMost).ToList());
        }
    }

    public Task<List<OutboxRecord>> ReadFirstAsync(
        IReadOnlyList<int> buckets, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(
                _rows.Values.Where(record => keys.Contains(record.Row.Key)).DistinctBy(record => record.Row.Key).ToList());
        }
    }

    public Task DeleteAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Delete(rows);
        }

        return Task.CompletedTask;
    }

    public Task NotifyOthersAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ShareAsync(Func<int, bool> isInFlight, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Send(OutboxRecord record, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _sent.Add(record.Row);
        }

        if (Broker(record.Row) is { } answer)
        {
            answers.Add(record.Row, answer);
        }
    }

    private void Delete(IReadOnlyCollection<OutboxRow> rows)
    {
        foreach (var row in rows)
        {
            _rows.Remove(row.Sequence);
        }
    }

    private static EventEnvelope Envelope(long sequence, string key) => new()
    {
        Id = $"{sequence}",
        Source = "/notes",
        Type = "tests.notes.note-taken.v1",
        Subject = key,
        Time = DateTimeOffset.UnixEpoch,
        CorrelationId = "correlation",
        CausationId = "cause",
    };
}
