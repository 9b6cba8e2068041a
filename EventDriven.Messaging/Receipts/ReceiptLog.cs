namespace EventDriven.Messaging.Receipts;

/// <summary>The event that receipts are sent as.</summary>
public static class ReceiptLog
{
    /// <summary>Name of the only event on it: some events were finished by a group, which is its key.</summary>
    public const string EventType = "eventdriven.receipts.events-handled.v1";
}
