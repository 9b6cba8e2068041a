using Confluent.Kafka;

namespace EventDriven.Messaging.Outbox;

/// <summary>What the broker said to the rows of a batch.</summary>
internal sealed class OutboxAnswers(int expected)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<OutboxRow> _acknowledged = new(expected);
    private readonly List<OutboxRow> _refused = [];

    /// <summary>Completes when each row has an answer.</summary>
    public Task All => _all.Task;

    /// <summary>The first refusal's reason; null when there was none.</summary>
    public Error? Failure { get; private set; }

    public List<OutboxRow> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    public List<OutboxRow> Refused
    {
        get
        {
            lock (_lock)
            {
                return [.. _refused];
            }
        }
    }

    /// <summary>The reason when a row of this key was refused, as far as the answers have come; else null.</summary>
    public Error? RefusalOf(string key)
    {
        lock (_lock)
        {
            return _refused.Exists(row => row.Envelope.Subject == key) ? Failure : null;
        }
    }

    public void Add(OutboxRow row, Error error)
    {
        lock (_lock)
        {
            (error.IsError ? _refused : _acknowledged).Add(row);
            Failure ??= error.IsError ? error : null;
            if (_acknowledged.Count + _refused.Count == expected)
            {
                _all.SetResult();
            }
        }
    }
}
