using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Checkout;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// What has happened to an order stays so: its history begins with Placed, goes on to Confirmed, Rejected or Cancelled, and from Confirmed
/// to Cancelled only; it has no gap and does not run backwards, and its end is the order's state.
/// </summary>
internal sealed class LegalPathRule() : Rule("L1")
{
    private static readonly HashSet<(string From, string To)> Legal =
    [
        ("", "Placed"), ("Placed", "Confirmed"), ("Placed", "Rejected"), ("Placed", "Cancelled"), ("Confirmed", "Cancelled"),
    ];

    public override IEnumerable<Finding> Check(CheckedRun run) =>
        from order in run.Evidence.Checkout.Orders
        let wrong = Wrong(order)
        where wrong is not null
        select Finding.Of($"Order {order.Id} {wrong}.", order.Steps);

    private static string? Wrong(StoredOrder order)
    {
        var (state, at) = ("", DateTimeOffset.MinValue);
        foreach (var (index, step) in order.Steps.Index())
        {
            if (step.Number != index + 1)
            {
                return $"has a step {step.Number} where step {index + 1} was due";
            }

            if (!Legal.Contains((state, step.State)))
            {
                return $"went from {(state.Length > 0 ? state : "nothing")} to {step.State}";
            }

            if (step.At < at)
            {
                return $"was {step.State} before it was {state}";
            }

            (state, at) = (step.State, step.At);
        }

        return order.State == state ? null : $"is {order.State}, and its history ends with {(state.Length > 0 ? state : "nothing")}";
    }
}
