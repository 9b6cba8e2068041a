namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>An event in the outbox that no broker has acknowledged, without its data.</summary>
/// <param name="Sequence">Position in the order of sending.</param>
/// <param name="Bucket">Bucket of the key, 0 to 63.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Key">Kafka key.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="EventId">CloudEvents id.</param>
/// <param name="Time">When the fact happened, UTC.</param>
public sealed record WaitingOutboxMessage(
    long Sequence, short Bucket, string Topic, string Key, string Type, Guid EventId, DateTimeOffset Time);
