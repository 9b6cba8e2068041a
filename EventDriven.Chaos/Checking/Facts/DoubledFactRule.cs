using EventDriven.Chaos.Checking.Rules;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Facts;

/// <summary>
/// A fact that happens once to its key has one event, however often that event was sent: one OrderPlaced, one StockReserved, one
/// PaymentCaptured a payment, and so on.
/// </summary>
internal sealed class DoubledFactRule() : Rule("L11")
{
    public override IEnumerable<Finding> Check(CheckedRun run) =>
        from facts in run.Events.Where(record => record.Event!.Fact is not null)
            .GroupBy(record => (record.Event!.Type, record.Key, Reference(record.Event.Fact)))
        where facts.Count() > 1
        select Finding.Of($"{facts.First().Event!.Name} of {facts.Key.Key} was announced by {facts.Count()} events.", facts);

    private static string? Reference(object? fact) => fact switch
    {
        PaymentCaptured captured => captured.ProviderReference,
        PaymentRefused refused => refused.ProviderReference,
        PaymentRefunded refunded => refunded.ProviderReference,
        _ => null,
    };
}
