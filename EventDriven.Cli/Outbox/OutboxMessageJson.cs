namespace EventDriven.Cli.Outbox;

/// <summary>An event that no broker has acknowledged.</summary>
/// <param name="Sequence">Position in the order of sending.</param>
/// <param name="Bucket">Bucket of the key, 0 to 63.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Key">Kafka key.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="EventId">CloudEvents id.</param>
/// <param name="Time">When the fact happened.</param>
internal sealed record OutboxMessageJson(
    long Sequence,
    int Bucket,
    string Topic,
    string Key,
    string Type,
    Guid EventId,
    DateTimeOffset Time);
