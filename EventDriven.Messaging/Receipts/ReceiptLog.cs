namespace EventDriven.Messaging.Receipts;

/// <summary>Where receipts go.</summary>
public static class ReceiptLog
{
    /// <summary>Topic.</summary>
    public const string Topic = "receipts.v1";

    /// <summary>Name of the only event on it: some events were finished by a group, which is its key.</summary>
    public const string EventType = "eventdriven.receipts.events-handled.v1";
}
