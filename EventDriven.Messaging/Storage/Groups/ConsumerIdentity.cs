using EventDriven.Messaging.Storage.Schema;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>Who reads which log.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Cluster">Id of the Kafka cluster.</param>
/// <param name="KeepsOffsets">Whether the group keeps its offsets in its database.</param>
/// <param name="Replays">See <see cref="RegisteredConsumerGroup.Replays"/>.</param>
internal sealed record ConsumerIdentity(string Group, string Cluster, bool KeepsOffsets, int Replays)
{
    /// <summary>Schema of its inbox and its offsets. A rebuild has copies of both in a schema of its own.</summary>
    public string Schema { get; init; } = MessagingSchema.Name;

    /// <summary>Under what Redis notes what the group has applied: anew after each replay.</summary>
    public string Marks { get; } = Replays == 0 ? Group : $"{Group}/{Replays}";
}
