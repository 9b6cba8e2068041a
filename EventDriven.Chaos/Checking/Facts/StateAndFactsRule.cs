using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// State and fact commit together: each change that is stored has its fact on the log, each fact has its change, and both say the same.
/// </summary>
internal sealed class StateAndFactsRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var announced = run.Events.Select(record => (Change: Of(record.Event!.Fact), Record: record))
            .Where(fact => fact.Change is not null).ToLookup(fact => fact.Change!, fact => fact.Record, StringComparer.Ordinal);
        var stored = Stored(run).ToLookup(change => change.Change, change => change.Row, StringComparer.Ordinal);
        var waiting = run.Evidence.Outbox.Select(waiting => waiting.Key).ToHashSet(StringComparer.Ordinal);
        return stored.Where(change => !announced.Contains(change.Key) && !waiting.Contains(change.Key.Split(' ')[1]))
            .Select(change => Finding.Of($"{change.Key} is stored, and its fact is not on the log.", change))
            .Concat(announced.Where(fact => !stored.Contains(fact.Key))
                .Select(fact => Finding.Of($"{fact.Key} is on the log, and its state is not stored.", fact)))
            .Concat(FactContent.Check(run));
    }

    private static IEnumerable<(string Change, object Row)> Stored(CheckedRun run)
    {
        var checkout = run.Evidence.Checkout;
        return checkout.Orders.SelectMany(order => order.Steps, (order, step) => ($"{step.State} {order.Id}", (object)step))
            .Concat(checkout.Payments.SelectMany(Stored))
            .Concat(run.Evidence.Inventory.Reservations.SelectMany(Stored))
            .Concat(checkout.Customers.Select(customer => ($"SignedUp {customer}", (object)$"customer {customer}")))
            .Concat(checkout.CustomerKeys.Where(key => key.Value)
                .Select(key => ($"Forgotten {key.Key}", (object)$"destroyed key of customer {key.Key}")))

            // Who is forgotten was signed up once, or has only ordered: the log alone knows.
            .Concat(run.Facts<UserSignedUp>().Where(signUp => checkout.CustomerKeys.GetValueOrDefault(signUp.Fact.CustomerId))
                .Select(signUp => ($"SignedUp {signUp.Fact.CustomerId}", (object)signUp.Record)));
    }

    private static IEnumerable<(string Change, object Row)> Stored(StoredPayment payment)
    {
        yield return ($"{(payment.Refusal is null ? "Captured" : "Refused")} {payment.OrderId} {payment.Reference}", payment);
        if (payment.RefundState == "Refunded")
        {
            yield return ($"Refunded {payment.OrderId} {payment.Reference}", payment);
        }
    }

    private static IEnumerable<(string Change, object Row)> Stored(StoredReservation reservation)
    {
        string[] facts = reservation switch
        {
            { Placed: false } => [],
            { State: "Reserved" } => ["StockReserved"],
            { State: "Released" } => ["StockReserved", "StockReleased"],
            { State: "Rejected" } => ["StockRejected"],
            _ => [],
        };
        return facts.Select(fact => ($"{fact} {reservation.OrderId}", (object)reservation));
    }

    private static string? Of(object? fact) => fact switch
    {
        OrderPlaced placed => $"Placed {placed.OrderId}",
        OrderConfirmed confirmed => $"Confirmed {confirmed.OrderId}",
        OrderRejected rejected => $"Rejected {rejected.OrderId}",
        OrderCancelled cancelled => $"Cancelled {cancelled.OrderId}",
        PaymentCaptured captured => $"Captured {captured.OrderId} {captured.ProviderReference}",
        PaymentRefused refused => $"Refused {refused.OrderId} {refused.ProviderReference}",
        PaymentRefunded refunded => $"Refunded {refunded.OrderId} {refunded.ProviderReference}",
        StockReserved reserved => $"StockReserved {reserved.OrderId}",
        StockRejected rejected => $"StockRejected {rejected.OrderId}",
        StockReleased released => $"StockReleased {released.OrderId}",
        UserSignedUp signedUp => $"SignedUp {signedUp.CustomerId}",
        CustomerForgotten forgotten => $"Forgotten {forgotten.CustomerId}",
        _ => null,
    };
}
