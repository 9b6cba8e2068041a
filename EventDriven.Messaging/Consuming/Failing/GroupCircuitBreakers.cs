using System.Collections.Frozen;
using EventDriven.Messaging.Consuming.Handling;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>The breakers of a group, one a topic: what fails on one topic stops no other.</summary>
internal sealed class GroupCircuitBreakers
{
    private readonly FrozenDictionary<string, CircuitBreaker> _breakers;

    public GroupCircuitBreakers(IEnumerable<CircuitBreaker> breakers)
    {
        All = [.. breakers];
        _breakers = All.ToFrozenDictionary(breaker => breaker.Topic, StringComparer.Ordinal);
    }

    /// <summary>The topic's breaker.</summary>
    public CircuitBreaker this[string topic] => _breakers[topic];

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
