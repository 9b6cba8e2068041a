namespace EventDriven.Messaging.Consumer;

/// <summary>Who reads which log.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Cluster">Id of the Kafka cluster.</param>
/// <param name="KeepsOffsets">Whether the group keeps its offsets in its database.</param>
internal sealed record ConsumerIdentity(string Group, string Cluster, bool KeepsOffsets);
