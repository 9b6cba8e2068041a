using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// Every fact can be traced to its cause: what a service announces because of an event names that event, and the whole chain carries the
/// correlation id of the request at its beginning.
/// </summary>
internal sealed class CausationRule() : Rule("L9")
{
    public override IEnumerable<Finding> Check(CheckedRun run) => run.Events
        .Where(record => record.Event!.Fact is not null).SelectMany(record => Check(run, record)).Concat(Requests(run));

    private static IEnumerable<Finding> Check(CheckedRun run, LoggedRecord record)
    {
        var cause = run.FindById(record.Event!.CausationId);
        if (cause is not null && cause.Event!.CorrelationId != record.Event.CorrelationId)
        {
            yield return Finding.Of($"{record.Event.Name} of {record.Key} has another correlation id than its cause.", cause, record);
        }

        if (!IsCausedRightly(run, record.Event.Fact, cause?.Event!.Fact))
        {
            yield return Finding.Of($"{record.Event.Name} of {record.Key} does not name the event that caused it.", cause, record);
        }
    }

    private static bool IsCausedRightly(CheckedRun run, object? fact, object? cause) => (fact, cause) switch
    {
        (StockReserved made, OrderPlaced placed) => made.OrderId == placed.OrderId,
        (StockRejected made, OrderPlaced placed) => made.OrderId == placed.OrderId,
        (StockReleased made, OrderCancelled cancelled) => made.OrderId == cancelled.OrderId,
        (OrderConfirmed made, StockReserved reserved) => made.OrderId == reserved.OrderId,
        (OrderRejected made, StockRejected rejected) => made.OrderId == rejected.OrderId,
        (OrderConfirmed made, _) => run.Orders.TryGetValue(made.OrderId, out var order) && order.IsImmediate,
        (StockReserved or StockRejected or StockReleased or OrderRejected, _) => false,
        _ => true,
    };

    private static IEnumerable<Finding> Requests(CheckedRun run)
    {
        var placed = run.Facts<OrderPlaced>().ToLookup(placed => placed.Fact.OrderId, placed => placed.Record);
        foreach (var requests in run.Requests.Where(requests => requests.Any(IsPlacing)))
        {
            var sent = CheckedRun.CorrelationIds(requests).ToHashSet(StringComparer.Ordinal);
            var orders = requests.Where(IsPlacing).Select(request => request.OrderId!.Value).Distinct();
            foreach (var record in orders.SelectMany(order => placed[order]).Where(record => !sent.Contains(record.Event!.CorrelationId)))
            {
                yield return Finding.Of($"Order {record.Key} does not carry the correlation id of its request.", [.. requests, record]);
            }
        }
    }

    private static bool IsPlacing(Operation request) =>
        request is { Kind: OperationKind.Place, Outcome: Outcome.Ok, OrderId: not null, CorrelationId.Length: > 0 };
}
