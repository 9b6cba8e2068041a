using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>Compares what facts say with the state that they were committed with.</summary>
internal static class FactContent
{
    /// <summary>The facts of orders and payments that say something else than is stored of them.</summary>
    public static IEnumerable<Finding> Check(CheckedRun run)
    {
        var payments = run.Evidence.Checkout.Payments.DistinctBy(payment => payment.Reference)
            .ToDictionary(payment => payment.Reference, StringComparer.Ordinal);
        foreach (var record in run.Events)
        {
            var (row, difference) = Of(record.Event!.Fact);
            if (difference is not null)
            {
                yield return Finding.Of($"{record.Event.Name} of {record.Key} says another {difference} than is stored.", record, row);
            }
        }

        (object? Row, string? Difference) Of(object? fact) => fact switch
        {
            OrderPlaced placed => Compare(Order(placed.OrderId), order => Difference(order, placed)),
            OrderConfirmed confirmed => At(confirmed.OrderId, "Confirmed", confirmed.ConfirmedAt),
            OrderRejected rejected => At(rejected.OrderId, "Rejected", rejected.RejectedAt),
            OrderCancelled cancelled => At(cancelled.OrderId, "Cancelled", cancelled.CancelledAt),
            PaymentCaptured captured => Amount(captured.ProviderReference, captured.OrderId, captured.Amount),
            PaymentRefused refused => Amount(refused.ProviderReference, refused.OrderId, refused.Amount),
            PaymentRefunded refunded => Amount(refunded.ProviderReference, refunded.OrderId, refunded.Amount),
            _ => default,
        };

        StoredOrder? Order(Guid id) => run.Orders.GetValueOrDefault(id);

        (object? Row, string? Difference) At(Guid id, string state, DateTimeOffset at) =>
            Compare(Order(id), order => TimeDifference(order, state, at));

        (object? Row, string? Difference) Amount(string reference, Guid order, decimal amount) => Compare(
            payments.GetValueOrDefault(reference),
            payment => payment.OrderId != order ? "order" : payment.Amount != amount ? "amount" : null);
    }

    // A fact without any state is found by the rule itself.
    private static (object? Row, string? Difference) Compare<TRow>(TRow? row, Func<TRow, string?> difference)
        where TRow : class => (row, row is null ? null : difference(row));

    private static string? Difference(StoredOrder order, OrderPlaced placed)
    {
        if (order.CustomerId != placed.CustomerId)
        {
            return "customer";
        }

        if (order.Total != placed.Total || placed.Lines.Sum(line => line.Quantity * line.UnitPrice) != placed.Total)
        {
            return "total";
        }

        var lines = placed.Lines.Select(line => new OperationLine(line.Sku, line.Quantity));
        return lines.SequenceEqual(order.Lines) ? TimeDifference(order, "Placed", placed.PlacedAt) : "lines";
    }

    // PostgreSQL stores whole microseconds.
    private static string? TimeDifference(StoredOrder order, string state, DateTimeOffset at) =>
        order.Steps.FirstOrDefault(step => step.State == state) is { } step
            && step.At.UtcTicks / TimeSpan.TicksPerMicrosecond != at.UtcTicks / TimeSpan.TicksPerMicrosecond ? "time" : null;
}
