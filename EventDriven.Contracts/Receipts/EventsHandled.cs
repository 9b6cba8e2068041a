namespace EventDriven.Contracts.Receipts;

/// <summary>A consumer group tells what it did with some events. Only told where <c>Messaging:Receipts:Enabled</c> is on, and never guaranteed to arrive.</summary>
/// <param name="Group">The group, and the event's key.</param>
/// <param name="Receipts">In the order in which the group was done with them.</param>
public sealed record EventsHandled(string Group, IReadOnlyList<Receipt> Receipts);
