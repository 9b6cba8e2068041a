namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>A row of the outbox with what is sent of it.</summary>
internal sealed record OutboxRecord(OutboxRow Row, EventEnvelope Envelope, byte[] Data);
