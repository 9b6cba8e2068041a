using Confluent.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>What the broker said and the relay has not looked at yet; filled by the producer's thread, emptied by the relay's.</summary>
internal sealed class OutboxAnswers(OutboxSignal signal)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _refusedKeys = new(StringComparer.Ordinal);
    private List<OutboxAnswer> _new = [];
    private int _wakeAt = 1;

    public void Add(OutboxRow row, Error error)
    {
        lock (_lock)
        {
            _new.Add(new OutboxAnswer(row, error));
            if (error.IsError)
            {
                _refusedKeys.Add(row.Key);
            }

            if (_new.Count != _wakeAt)
            {
                return;
            }
        }

        signal.Answered();
    }

    /// <summary>Whether one of the answers that have not been taken refuses a row of the key.</summary>
    public bool Refuse(string key)
    {
        lock (_lock)
        {
            return _refusedKeys.Count > 0 && _refusedKeys.Contains(key);
        }
    }

    public List<OutboxAnswer> Take()
    {
        lock (_lock)
        {
            var taken = _new;
            _refusedKeys.Clear();
            _new = new List<OutboxAnswer>(taken.Count);
            return taken;
        }
    }

    /// <summary>Wakes the relay as soon as there are so many answers, so that it isn't woken for each.</summary>
    public void WakeAt(int answers)
    {
        lock (_lock)
        {
            _wakeAt = Math.Max(answers, _new.Count + 1);
            if (_new.Count < answers)
            {
                return;
            }
        }

        signal.Answered();
    }
}
