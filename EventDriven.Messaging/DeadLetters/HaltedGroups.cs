using System.Collections.Concurrent;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>Which topics of the service's groups refuse failing events, or pause, because too much fails.</summary>
internal sealed class HaltedGroups
{
    private readonly ConcurrentDictionary<(string Group, string Topic), FailureValve> _valves = new();

    /// <summary>A topic's valve: the same for as long as the process lives, so that no rebalance and no pause makes it forget what failed.</summary>
    public FailureValve ValveOf(string group, string topic, Func<FailureValve> make) => _valves.GetOrAdd((group, topic), _ => make());

    /// <summary>The topics of groups where failing events may not become dead letters now, by name.</summary>
    public IReadOnlyList<RefusingTopic> All => [.. _valves
        .Select(valve => (valve.Key.Group, valve.Key.Topic, Halted: valve.Value.Halted, Refuses: valve.Value.Refuses))
        .Where(valve => valve.Refuses is not null)
        .Select(valve => new RefusingTopic(valve.Group, valve.Topic, valve.Refuses!, IsHalted: valve.Halted is not null))
        .OrderBy(topic => topic.Group, StringComparer.Ordinal).ThenBy(topic => topic.Topic, StringComparer.Ordinal)];
}
