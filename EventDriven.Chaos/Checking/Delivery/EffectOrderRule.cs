using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// A group handles the events of a key in the order of the log. Rows of an inbox are dated, and their transactions numbered, before they
/// wait for others, so that a legal history may have the one or the other in reverse; both at once are taken as proof. Where a clock was
/// set wrong, only the order of an order and its cancellation is checked, which the reservation tells.
/// </summary>
internal sealed class EffectOrderRule() : Rule("L5")
{
    private const string Inventory = "inventory";

    public override IEnumerable<Finding> Check(CheckedRun run) => run.Evidence.Groups
        .SelectMany(group => run.ClocksAgree(group.Name) ? Check(run, group) : [])
        .Concat(Cancellations(run));

    // Inventory makes a cancelled reservation only of an order that it has not decided about.
    private static IEnumerable<Finding> Cancellations(CheckedRun run)
    {
        var reservations = run.Evidence.Inventory.Reservations.Where(reservation => reservation is { State: "Cancelled", Placed: false })
            .ToDictionary(reservation => reservation.OrderId);
        var cancelled = run.Facts<OrderCancelled>().ToLookup(fact => fact.Fact.OrderId, fact => fact.Record);
        return run.Facts<OrderPlaced>()
            .Where(fact => reservations.ContainsKey(fact.Fact.OrderId) && run.IsHandled(Inventory, fact.Record))
            .Select(fact => Finding.Of(
                $"inventory has handled the cancellation of {fact.Record.Key} before the order.",
                [fact.Record, .. cancelled[fact.Fact.OrderId], reservations[fact.Fact.OrderId]]));
    }

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

                    if (before is { } earlier && row.HandledAt < earlier.Row.HandledAt
                        && row.Transaction < earlier.Row.Transaction)
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
