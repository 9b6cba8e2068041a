using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Outbox;

/// <summary>A row of the outbox as the relay reads it.</summary>
internal sealed record OutboxRow(long Sequence, short Bucket, string Topic, EventEnvelope Envelope, byte[] Data)
{
    public string Key => Envelope.Subject;
}
