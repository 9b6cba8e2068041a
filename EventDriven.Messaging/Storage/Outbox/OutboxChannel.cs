namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>PostgreSQL's notification channel between the relays of one service.</summary>
internal static class OutboxChannel
{
    public const string Name = "outbox";
}
