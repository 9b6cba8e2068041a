namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>A row of the outbox, as the relay remembers it until it is deleted: without what is sent, of which there may be much.</summary>
/// <param name="Sequence">Order of sending.</param>
/// <param name="Bucket">Hash of the key, 0 to 63.</param>
/// <param name="Topic">Topic that it is sent to.</param>
/// <param name="Key">Kafka key.</param>
/// <param name="Bytes">Length of its data.</param>
internal sealed record OutboxRow(long Sequence, short Bucket, string Topic, string Key, int Bytes);
