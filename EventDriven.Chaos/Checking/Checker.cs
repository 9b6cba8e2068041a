using EventDriven.Chaos.Checking.Delivery;
using EventDriven.Chaos.Checking.Effects;
using EventDriven.Chaos.Checking.Facts;
using EventDriven.Chaos.Checking.Requests;
using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking;

/// <summary>Compares what clients know with what a system has stored, by rules that each stand for a law.</summary>
internal static class Checker
{
    /// <summary>All rules; docs/reliability.md lists them.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new AcknowledgedOrderRule(),
        new RefusedOrderRule(),
        new OneOrderPerKeyRule(),
        new UnaskedOrderRule(),
        new SameAnswerRule(),
        new AcknowledgedChangeRule(),
        new RefusedChangeRule(),
        new UnaskedChangeRule(),
        new LegalPathRule(),
        new StateAndFactsRule(),
        new DoubledFactRule(),
        new EventIdentityRule(),
        new KeyPartitionRule(),
        new FactOrderRule(),
        new CausationRule(),
        new OutboxRule(),
        new SubscriptionRule(),
        new StoredOffsetRule(),
        new UnhandledEventRule(),
        new LostRecordRule(),
        new EffectOrderRule(),
        new ParkedKeyRule(),
        new DeadLetterRule(),
        new ReportedLagRule(),
        new StockRule(),
        new ReservationRule(),
        new ConfirmationRule(),
        new MessageRule(),
        new MailRule(),
        new ReadModelRule(),
        new PaymentRule(),
        new ForgottenCustomerRule(),
    ];

    /// <summary>Every anomaly, by rule; none for a system that kept its promises.</summary>
    public static IReadOnlyList<Anomaly> Check(History history, SystemEvidence evidence)
    {
        var run = new CheckedRun(history, evidence);
        return [
            .. Rules.SelectMany(
                rule => rule.Check(run), (rule, found) => new Anomaly(rule.Name, rule.Law, found.What, found.History))];
    }
}
