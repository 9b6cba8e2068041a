using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// The facts of a key stand on the log in the order in which they happened. Only the first record of each event counts: a relay that has
/// crashed sends some again.
/// </summary>
internal sealed class FactOrderRule() : Rule("L5")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        foreach (var key in run.Keys)
        {
            foreach (var partition in key.GroupBy(record => record.Partition))
            {
                if (FirstOvertaken([.. partition.OrderBy(record => record.Offset)]) is var (earlier, later))
                {
                    yield return Finding.Of(
                        $"{later.Event!.Name} of {later.Key} stands before {earlier.Event!.Name}, which happened first.", later, earlier);
                }
            }
        }
    }

    private static (LoggedRecord Earlier, LoggedRecord Later)? FirstOvertaken(List<LoggedRecord> facts)
    {
        for (var i = 1; i < facts.Count; i++)
        {
            if (facts[..i].Find(before => MustPrecede(facts[i].Event!.Fact, before.Event!.Fact)) is { } overtaking)
            {
                return (facts[i], overtaking);
            }
        }

        return null;
    }

    private static bool MustPrecede(object? earlier, object? later) => (earlier, later) switch
    {
        (OrderPlaced, OrderConfirmed or OrderRejected or OrderCancelled) => true,
        (OrderConfirmed, OrderCancelled) => true,
        (StockReserved, StockReleased) => true,
        (PaymentCaptured captured, PaymentRefunded refunded) => captured.ProviderReference == refunded.ProviderReference,
        (PaymentRefused refused, PaymentRefunded refunded) => refused.ProviderReference == refunded.ProviderReference,
        (UserSignedUp, CustomerForgotten) => true,
        _ => false,
    };
}
