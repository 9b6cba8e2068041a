using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// A group handles the events of a key in the order of the log. Rows of an inbox are dated before their transaction commits, so an event
/// that was handled earlier is not dated later. Not checked where a clock was set wrong.
/// </summary>
internal sealed class EffectOrderRule() : Rule("L5")
{
    public override IEnumerable<Finding> Check(CheckedRun run) => run.ClocksAgree
        ? run.Evidence.Groups.SelectMany(group => Check(run, group))
        : [];

    private static IEnumerable<Finding> Check(CheckedRun run, GroupEvidence group)
    {
        foreach (var key in run.Keys.Where(key => group.Topics.Contains(key.Key.Topic)))
        {
            foreach (var partition in key.GroupBy(record => record.Partition))
            {
                (LoggedRecord Record, InboxRow Row)? before = null;
                foreach (var record in partition.OrderBy(record => record.Offset))
                {
                    if (!group.Inbox.TryGetValue(record.Event!.Identity, out var row))
                    {
                        continue;
                    }

                    if (before is { } earlier && row.HandledAt < earlier.Row.HandledAt)
                    {
                        yield return Finding.Of(
                            $"{group.Name} has handled {record.Event.Name} of {record.Key} before {earlier.Record.Event!.Name}.",
                            earlier.Record, earlier.Row, record, row);
                    }

                    before = (record, row);
                }
            }
        }
    }
}
