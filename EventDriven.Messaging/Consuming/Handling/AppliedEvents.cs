using System.Collections.Frozen;
using EventDriven.Messaging.Consuming.Failing;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>What a transaction applied.</summary>
/// <param name="Fresh">The events that were applied for the first time, and are committed now.</param>
/// <param name="Singles">Of those that handlers of single events took.</param>
/// <param name="TransactionTook">Time that the transaction took without any handler.</param>
/// <param name="Discarded">Records that were to be dead letters and had been given up before: they park nothing.</param>
internal sealed record AppliedEvents(
    IReadOnlyList<EventAttempt> Fresh, HandlerTimes Singles, TimeSpan TransactionTook, IReadOnlySet<DeadLetterEntry> Discarded)
{
    public static readonly AppliedEvents None = new([], HandlerTimes.None, TimeSpan.Zero, FrozenSet<DeadLetterEntry>.Empty);
}
