using EventDriven.ControlRoom.Live;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Flow;

/// <summary>What is known of the flow. Each change is told at once to everybody who watches.</summary>
internal sealed class FlowState(LiveFeed<FlowSnapshot> feed, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly FlowHistory _history = new();
    private readonly Dictionary<string, DeclaredAccess> _declared = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _away = new Dictionary<string, string>(StringComparer.Ordinal);
    private SystemStatus? _status;

    /// <summary>What was read last; null before the first reading.</summary>
    public SystemStatus? Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>Whether an instance has told what it publishes and reads.</summary>
    public bool IsDeclared(string instance)
    {
        lock (_lock)
        {
            return _declared.ContainsKey(instance);
        }
    }

    /// <summary>What an instance publishes and reads. It holds while the instance is away.</summary>
    public void Declare(string instance, DeclaredAccess declared)
    {
        lock (_lock)
        {
            _declared[instance] = declared;
        }
    }

    /// <summary>The samples of the last hour, one each 5 s, oldest first.</summary>
    public IReadOnlyList<FlowSample> Samples()
    {
        lock (_lock)
        {
            return [.. _history.Samples];
        }
    }

    /// <summary>The system was read.</summary>
    public void Read(SystemStatus status)
    {
        lock (_lock)
        {
            _status = status;
            _history.Add(FlowSample.Of(time.GetUtcNow(), status.Groups));
            Publish();
        }
    }

    /// <summary>These instances don't answer, and why.</summary>
    public void SetAway(IReadOnlyDictionary<string, string> away)
    {
        lock (_lock)
        {
            var hasChanged = away.Count != _away.Count || away.Keys.Any(name => !_away.ContainsKey(name));
            _away = away;
            if (hasChanged)
            {
                Publish();
            }
        }
    }

    private void Publish()
    {
        if (_status is not null)
        {
            feed.Publish(FlowReading.Of(_status, _declared, _away, _history, time.GetUtcNow()));
        }
    }
}
