using Confluent.Kafka;

namespace EventDriven.Messaging.Consumer;

/// <summary>A record that was read and is not yet done. Only its own lane writes it.</summary>
internal sealed record PendingEvent(PartitionProgress Progress, ConsumeResult<byte[], byte[]> Record, string Lane) : ILaneItem
{
    /// <summary>Attempts that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Times that another instance had its lease.</summary>
    public int Waits { get; set; }

    /// <inheritdoc/>
    public bool Alone { get; set; }

    /// <inheritdoc/>
    public TimeSpan? Again { get; set; }

    /// <inheritdoc/>
    public CancellationToken Dropped => Progress.GivenUp;
}
