using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>What the broker has acknowledged, or a group has handled, is on the log.</summary>
internal sealed class LostRecordRule() : Rule("L4")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var keys = run.Evidence.Log.Select(record => (record.Topic, record.Key ?? "")).ToHashSet();
        return run.Evidence.Groups.SelectMany(
                group => group.Inbox.Values.Where(row => run.Find(row.Identity) is null),
                (group, row) => Finding.Of($"{group.Name} has handled event {row.Identity}, which is not on the log.", row))
            .Concat(run.History.Operations
                .Where(request => request is { Kind: OperationKind.Poison, Outcome: Outcome.Ok }
                    && !keys.Contains((request.Instance, request.CorrelationId)))
                .Select(request => Finding.Of(
                    $"The broker has acknowledged a record of {request.CorrelationId}, which is not on the log.", request)));
    }
}
