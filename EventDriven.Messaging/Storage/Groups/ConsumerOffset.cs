namespace EventDriven.Messaging.Storage.Groups;

/// <summary>How far a group has come on a partition, kept in the transaction of the effect (law L11).</summary>
public sealed class ConsumerOffset
{
    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>Topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Partition of the topic.</summary>
    public required int Partition { get; init; }

    /// <summary>Id of the Kafka cluster: an offset means nothing on another log.</summary>
    public required string Cluster { get; init; }

    /// <summary>Offset of the next event to apply.</summary>
    public required long NextOffset { get; init; }
}
