using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>Every order that was placed during the run was asked for by a request of it that was not refused.</summary>
internal sealed class UnaskedOrderRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var requests = run.History.Operations
            .Where(request => run.KindOf(request) == OperationKind.Place && request.Outcome != Outcome.Failed).ToList();
        var known = requests.Where(request => request.OrderId is not null).Select(request => request.OrderId!.Value).ToHashSet();
        var keys = requests.Select(request => request.IdempotencyKey ?? "").ToHashSet(StringComparer.Ordinal);
        known.UnionWith(run.Evidence.Checkout.Answers.Where(answer => keys.Contains(answer.Key)).Select(answer => answer.ResourceId));
        var correlations = CheckedRun.CorrelationIds(requests).ToHashSet(StringComparer.Ordinal);
        known.UnionWith(run.Facts<OrderPlaced>()
            .Where(placed => correlations.Contains(placed.Record.Event!.CorrelationId)).Select(placed => placed.Fact.OrderId));
        return run.Evidence.Checkout.Orders
            .Where(order => !known.Contains(order.Id) && order.Steps is [var placed, ..] && placed.At >= run.History.Began)
            .Select(order => Finding.Of($"Order {order.Id} is stored, and nobody asked for it.", order));
    }
}
