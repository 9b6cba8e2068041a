namespace EventDriven.Messaging.Naming;

/// <summary>Events that the library itself publishes for a service.</summary>
internal static class LibraryEvents
{
    /// <summary>What a consumer group did with some events. Each service that consumes sends it, where it is switched on.</summary>
    public const string EventsHandled = "eventdriven.receipts.events-handled.v1";
}
