using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>
/// An idempotency key makes one order or one customer at most, however often and wherever it was sent: what requests with an unknown
/// outcome have asked for exists once or not at all.
/// </summary>
internal sealed class OneOrderPerKeyRule() : Rule("L6")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var made = run.Events.Where(record => record.Event!.Fact is OrderPlaced or UserSignedUp)
            .ToLookup(record => record.Event!.CorrelationId, StringComparer.Ordinal);
        foreach (var requests in run.Requests)
        {
            var answered = requests.Where(request => request.Outcome == Outcome.Ok).Select(request => Made(run, request))
                .Where(id => id is not null && id != Guid.Empty).Select(id => id!.Value.ToString());
            var announced = CheckedRun.CorrelationIds(requests).SelectMany(id => made[id]).ToList();
            var all = answered.Concat(announced.Select(record => record.Key!)).Distinct(StringComparer.Ordinal).ToList();
            if (all.Count > 1)
            {
                yield return Finding.Of(
                    $"Key {requests.Key} made {all.Count} orders or customers: {string.Join(", ", all)}.", [.. requests, .. announced]);
            }
        }
    }

    private static Guid? Made(CheckedRun run, Operation request) =>
        run.KindOf(request) == OperationKind.SignUp ? request.CustomerId : request.OrderId;
}
