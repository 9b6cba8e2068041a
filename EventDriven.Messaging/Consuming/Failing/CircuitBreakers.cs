using System.Collections.Concurrent;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>Which topics of the service's groups refuse failing events, or pause, because too much fails.</summary>
internal sealed class CircuitBreakers
{
    private readonly ConcurrentDictionary<(string Group, string Topic), CircuitBreaker> _valves = new();

    /// <summary>A topic's valve: the same for as long as the process lives, so that no rebalance and no pause makes it forget what failed.</summary>
    public CircuitBreaker ValveOf(string group, string topic, Func<CircuitBreaker> make) => _valves.GetOrAdd((group, topic), _ => make());

    /// <summary>The topics of groups where failing events may not become dead letters now, by name.</summary>
    public IReadOnlyList<OpenCircuit> All => [.. _valves
        .Select(valve => (valve.Key.Group, valve.Key.Topic, Halted: valve.Value.Halted, Refuses: valve.Value.Refuses))
        .Where(valve => valve.Refuses is not null)
        .Select(valve => new OpenCircuit(valve.Group, valve.Topic, valve.Refuses!, IsHalted: valve.Halted is not null))
        .OrderBy(topic => topic.Group, StringComparer.Ordinal).ThenBy(topic => topic.Topic, StringComparer.Ordinal)];
}
