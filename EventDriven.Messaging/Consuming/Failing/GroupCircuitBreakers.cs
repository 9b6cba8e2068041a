using System.Collections.Frozen;
using EventDriven.Messaging.Consuming.Handling;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>The valves of a group, one a topic: what fails on one topic stops no other.</summary>
internal sealed class GroupCircuitBreakers
{
    private readonly FrozenDictionary<string, CircuitBreaker> _valves;

    public GroupCircuitBreakers(IEnumerable<CircuitBreaker> valves)
    {
        All = [.. valves];
        _valves = All.ToFrozenDictionary(valve => valve.Topic, StringComparer.Ordinal);
    }

    /// <summary>The topic's valve.</summary>
    public CircuitBreaker this[string topic] => _valves[topic];

    /// <summary>All of them.</summary>
    public IReadOnlyList<CircuitBreaker> All { get; }

    /// <summary>Events were applied.</summary>
    public void Handled(IReadOnlyList<EventAttempt> events)
    {
        // Mostly they are of one topic, and stand together.
        for (var (i, begin) = (1, 0); i <= events.Count; i++)
        {
            if (i == events.Count || events[i].Delivery.Topic != events[begin].Delivery.Topic)
            {
                this[events[begin].Delivery.Topic].Handled(i - begin);
                begin = i;
            }
        }
    }
}
