using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>
/// An idempotency key makes one order at most, however often and wherever it was sent: an order whose requests have an unknown outcome
/// exists once or not at all.
/// </summary>
internal sealed class OneOrderPerKeyRule() : Rule("L6")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var placed = run.Facts<OrderPlaced>().ToLookup(
            placed => placed.Record.Event!.CorrelationId, placed => placed.Record, StringComparer.Ordinal);
        foreach (var requests in run.Requests.Where(requests => requests.Any(request => request.Kind == OperationKind.Place)))
        {
            var answered = requests.Where(request => request is { Outcome: Outcome.Ok, OrderId: not null })
                .Select(request => request.OrderId!.Value.ToString());
            var announced = CheckedRun.CorrelationIds(requests).SelectMany(id => placed[id]).ToList();
            var orders = answered.Concat(announced.Select(record => record.Key!)).Distinct(StringComparer.Ordinal).ToList();
            if (orders.Count > 1)
            {
                yield return Finding.Of(
                    $"Key {requests.Key} made {orders.Count} orders: {string.Join(", ", orders)}.", [.. requests, .. announced]);
            }
        }
    }
}
