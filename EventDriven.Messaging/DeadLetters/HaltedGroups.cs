using System.Collections.Concurrent;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>Which of the service's groups pause because too much fails.</summary>
internal sealed class HaltedGroups
{
    private readonly ConcurrentDictionary<string, FailureValve> _valves = new(StringComparer.Ordinal);

    /// <summary>The group's valve: the same for as long as the process lives, so that no rebalance and no pause makes it forget what failed.</summary>
    public FailureValve ValveOf(string group, Func<FailureValve> make) => _valves.GetOrAdd(group, _ => make());

    /// <summary>Why, by group.</summary>
    public IReadOnlyDictionary<string, string> All => _valves
        .Select(valve => (Group: valve.Key, Reason: valve.Value.Halted))
        .Where(valve => valve.Reason is not null)
        .ToDictionary(valve => valve.Group, valve => valve.Reason!, StringComparer.Ordinal);
}
