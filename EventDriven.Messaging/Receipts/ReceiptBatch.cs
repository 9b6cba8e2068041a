namespace EventDriven.Messaging.Receipts;

/// <summary>The data of an event that carries receipts.</summary>
/// <param name="Group">The group that handled the events, and the key of this event.</param>
/// <param name="Receipts">The receipts, in the order of handling.</param>
internal sealed record ReceiptBatch(string Group, IReadOnlyList<Receipt> Receipts);
