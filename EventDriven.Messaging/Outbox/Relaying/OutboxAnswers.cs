using Confluent.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// The broker's answers that the relay has not processed yet. The producer's thread adds them, the relay's loop takes them.
/// </summary>
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

    /// <summary>Whether an answer that has not been taken yet refuses a row of the key.</summary>
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

    /// <summary>Wakes the relay once there are this many answers, instead of for each one.</summary>
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
