using EventDriven.Messaging;

namespace EventDriven.Contracts.Receipts;

/// <summary>
/// A consumer group reports what it did with some events. It does so only if <c>Messaging:Receipts:Enabled</c> is on, and delivery is not
/// guaranteed.
/// </summary>
/// <param name="Group">The group, and the event's key.</param>
/// <param name="Receipts">The receipts, in the order of handling.</param>
[Event("eventdriven.receipts.events-handled.v1")]
public sealed record EventsHandled(string Group, IReadOnlyList<Receipt> Receipts);
