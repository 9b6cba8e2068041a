namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>A row of the outbox, without its data.</summary>
/// <param name="Sequence">Order of sending.</param>
/// <param name="Bucket">Hash of the key, 0 to 63.</param>
/// <param name="Topic">Topic that it is sent to.</param>
/// <param name="Key">Kafka key.</param>
/// <param name="Type">The event's name and version.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Time">When the fact happened.</param>
public sealed record OutboxEntry(long Sequence, short Bucket, string Topic, string Key, string Type, Guid EventId, DateTimeOffset Time);
