using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// Each group has subscribed to what it has to handle (<see cref="Subscription"/>) since before the run. All that a group has not
/// subscribed to would pass the other rules unseen.
/// </summary>
internal sealed class SubscriptionRule() : Rule("L4")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var groups = run.Evidence.Groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
        foreach (var (name, topics, types) in Subscription.All)
        {
            if (!groups.TryGetValue(name, out var group))
            {
                yield return Finding.Of($"No database knows the group {name}.", $"known groups: {string.Join(", ", groups.Keys)}");
                continue;
            }

            foreach (var topic in topics.Where(topic => !group.Topics.Contains(topic)))
            {
                yield return Finding.Of($"{name} does not read {topic}.", $"topics of {name}: {string.Join(", ", group.Topics)}");
            }

            foreach (var type in types)
            {
                if (!group.Types.TryGetValue(type, out var since))
                {
                    yield return Finding.Of($"{name} does not handle {type}.", $"types of {name}: {string.Join(", ", group.Types.Keys)}");
                }
                else if (since > run.History.Began)
                {
                    yield return Finding.Of(
                        $"{name} handles {type} only since {since:O}.", $"the history began at {run.History.Began:O}");
                }
            }
        }
    }
}
