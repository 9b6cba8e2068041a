using EventDriven.Chaos.Checking.Rules;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// Captured money counts once: an order was paid what its payments say, never more than its total. What an order refused, and all that one
/// that is rejected or cancelled took, went back, and nothing else.
/// </summary>
internal sealed class PaymentRule() : Rule("L6")
{
    private const string Refunded = "Refunded";

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var payments = run.Evidence.Checkout.Payments.ToLookup(payment => payment.OrderId);
        foreach (var order in run.Evidence.Checkout.Orders)
        {
            var taken = payments[order.Id].Where(payment => payment.Refusal is null).ToList();
            var sum = taken.Sum(payment => payment.Amount);
            if (sum != order.Paid || sum > order.Total)
            {
                yield return Finding.Of(
                    $"Order {order.Id} of {order.Total} was paid {order.Paid}, by payments of {sum}.", [order, .. taken]);
            }

            var isOver = order.State is "Rejected" or "Cancelled";
            foreach (var payment in payments[order.Id])
            {
                var isDue = isOver || payment.Refusal is not null;
                if (payment.RefundState != (isDue ? Refunded : null))
                {
                    yield return Finding.Of(
                        isDue ? $"Order {order.Id} is {order.State}, and keeps money." : $"Order {order.Id} gave money back that was due.",
                        order, payment);
                }
            }
        }

        foreach (var payment in payments.SelectMany(payment => payment).Where(payment => !run.Orders.ContainsKey(payment.OrderId)))
        {
            yield return Finding.Of("A payment is of no order.", payment);
        }
    }
}
