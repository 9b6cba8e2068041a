using Confluent.Kafka;

namespace EventDriven.Messaging.Consumer;

/// <summary>A record that was read and is not yet done.</summary>
internal sealed record PendingEvent(PartitionProgress Progress, ConsumeResult<byte[], byte[]> Record, string Lane) : ILaneItem
{
    /// <summary>Attempts that failed; only the event's own lane writes it.</summary>
    public int Failures { get; set; }

    /// <inheritdoc/>
    public CancellationToken Dropped => Progress.GivenUp;
}
