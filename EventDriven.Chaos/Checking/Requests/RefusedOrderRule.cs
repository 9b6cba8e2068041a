using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>What was refused does not exist: neither an answer to its key nor an order with its correlation id.</summary>
internal sealed class RefusedOrderRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var answers = run.Evidence.Checkout.Answers.ToDictionary(answer => answer.Key, StringComparer.Ordinal);
        var placed = run.Facts<OrderPlaced>().ToLookup(
            placed => placed.Record.Event!.CorrelationId, placed => placed.Record, StringComparer.Ordinal);
        foreach (var requests in run.Requests.Where(requests => requests.All(request => request.Outcome == Outcome.Failed)))
        {
            if (answers.TryGetValue(requests.Key, out var answer))
            {
                yield return Finding.Of($"Every request with key {requests.Key} was refused, and one is stored.", [.. requests, answer]);
            }

            foreach (var record in CheckedRun.CorrelationIds(requests).SelectMany(id => placed[id]))
            {
                yield return Finding.Of(
                    $"Every request with key {requests.Key} was refused, and an order was placed.", [.. requests, record]);
            }
        }
    }
}
