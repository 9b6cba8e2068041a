using EventDriven.Messaging.Naming;

namespace EventDriven.Messaging.Receipts;

/// <summary>The event type that carries receipts.</summary>
public static class ReceiptLog
{
    /// <summary>The only event type on the topic: a group has finished some events. Its key is the group.</summary>
    public const string EventType = LibraryEvents.EventsHandled;
}
