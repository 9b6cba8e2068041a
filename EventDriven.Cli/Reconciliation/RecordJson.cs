namespace EventDriven.Cli.Reconciliation;

/// <summary>A record of the log.</summary>
/// <param name="Where">Topic, partition and offset: orders.v1[3]@120.</param>
/// <param name="EventId">CloudEvents id; null when it can't be read.</param>
/// <param name="Key">Kafka key.</param>
/// <param name="Type">CloudEvents type; null when it can't be read.</param>
internal sealed record RecordJson(string Where, string? EventId, string? Key, string? Type);
