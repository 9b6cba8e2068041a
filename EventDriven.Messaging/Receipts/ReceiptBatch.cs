namespace EventDriven.Messaging.Receipts;

/// <summary>The data of an event of receipts.</summary>
/// <param name="Group">The group that did all this, and the event's key.</param>
/// <param name="Receipts">In the order in which it did.</param>
internal sealed record ReceiptBatch(string Group, IReadOnlyList<Receipt> Receipts);
