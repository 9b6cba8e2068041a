using System.Collections.Concurrent;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>Which of the service's groups pause because too much fails. A group has a new valve with each session.</summary>
internal sealed class HaltedGroups
{
    private readonly ConcurrentDictionary<string, FailureValve> _valves = new(StringComparer.Ordinal);

    /// <summary>The group's present valve.</summary>
    public void Watch(string group, FailureValve valve) => _valves[group] = valve;

    /// <summary>Why, by group.</summary>
    public IReadOnlyDictionary<string, string> All => _valves
        .Select(valve => (Group: valve.Key, Reason: valve.Value.Halted))
        .Where(valve => valve.Reason is not null)
        .ToDictionary(valve => valve.Group, valve => valve.Reason!, StringComparer.Ordinal);
}
