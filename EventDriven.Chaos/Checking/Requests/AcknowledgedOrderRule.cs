using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>An order that was acknowledged is stored as it was asked for, and its OrderPlaced is on the log.</summary>
internal sealed class AcknowledgedOrderRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var placed = run.Facts<OrderPlaced>().Select(placed => placed.Fact.OrderId).ToHashSet();
        foreach (var request in run.History.Operations.Where(IsAcknowledged))
        {
            var id = request.OrderId!.Value;
            var asked = Asked(run, request);
            if (!run.Orders.TryGetValue(id, out var order))
            {
                yield return Finding.Of($"Order {id} was acknowledged and is not stored.", request);
            }
            else if (asked is not null && !OperationLine.BySku(order.Lines).SequenceEqual(OperationLine.BySku(asked.Lines)))
            {
                yield return Finding.Of($"Order {id} was acknowledged and is stored with other lines.", request, order);
            }
            else if (asked is not null && order.CustomerId != asked.CustomerId)
            {
                yield return Finding.Of($"Order {id} was acknowledged and is stored for another customer.", request, order);
            }

            if (!placed.Contains(id))
            {
                yield return Finding.Of($"Order {id} was acknowledged and has no OrderPlaced on the log.", request);
            }
        }
    }

    // A repeat is of what was asked for with its key.
    private static Operation? Asked(CheckedRun run, Operation request) => request.Kind == OperationKind.Place
        ? request
        : run.Requests[request.IdempotencyKey ?? ""].FirstOrDefault(same => same.Kind == OperationKind.Place);

    private static bool IsAcknowledged(Operation request) => request is
    {
        Kind: OperationKind.Place or OperationKind.Repeat, Outcome: Outcome.Ok, OrderId: not null,
    };
}
