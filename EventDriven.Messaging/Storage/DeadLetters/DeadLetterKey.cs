namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>Names the dead letters of a key, or the one of a record without a key.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Cluster">Id of the Kafka cluster.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Key">The key; null for a record that has none.</param>
/// <param name="Offset">Of a record without a key.</param>
internal sealed record DeadLetterKey(string Group, string Cluster, string Topic, int Partition, string? Key, long Offset);
