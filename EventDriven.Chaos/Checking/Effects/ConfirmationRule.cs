using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Contracts.Inventory;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// A fact says what has happened: an order is confirmed after its stock was reserved, or at once on stock that was held, and rejected after
/// its stock was rejected; and what Inventory has told of an order has had that effect.
/// </summary>
internal sealed class ConfirmationRule() : Rule("L1")
{
    private const string Group = "checkout";

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var reserved = run.Facts<StockReserved>().ToLookup(fact => fact.Fact.OrderId, fact => fact.Record);
        var rejected = run.Facts<StockRejected>().ToLookup(fact => fact.Fact.OrderId, fact => fact.Record);
        var clocksAgree = run.ClocksAgree("checkout", "inventory");
        foreach (var order in run.Evidence.Checkout.Orders)
        {
            if (Find(order, "Confirmed") is { } confirmed && !order.IsImmediate
                && !reserved[order.Id].Any(record => !clocksAgree || record.Event!.Time <= confirmed.At))
            {
                yield return Finding.Of(
                    $"Order {order.Id} was confirmed before its stock was reserved.", [.. order.Steps, .. reserved[order.Id]]);
            }

            if (Find(order, "Rejected") is not null && !rejected[order.Id].Any())
            {
                yield return Finding.Of($"Order {order.Id} was rejected, and its stock was not.", order.Steps);
            }

            var told = reserved[order.Id].Concat(rejected[order.Id]).Where(record => run.IsHandled(Group, record)).ToList();
            if (order.State == "Placed" && told.Count > 0)
            {
                yield return Finding.Of(
                    $"Checkout has handled what became of the stock of {order.Id}, and the order is still Placed.",
                    [.. told, .. order.Steps]);
            }
        }
    }

    private static StoredStep? Find(StoredOrder order, string state) => order.Steps.FirstOrDefault(step => step.State == state);
}
