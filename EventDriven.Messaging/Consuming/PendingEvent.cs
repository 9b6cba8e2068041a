using Confluent.Kafka;
using EventDriven.Messaging.Consuming.Scheduling;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Consuming;

/// <summary>A record that was read and is not yet done. Only its own lane writes it.</summary>
/// <param name="Progress">Its partition.</param>
/// <param name="Record">What was read.</param>
/// <param name="Lane">Where it waits its turn.</param>
/// <param name="Key">What it parks when it can't be applied; null when it has no key that can be read.</param>
internal sealed record PendingEvent(PartitionProgress Progress, ConsumeResult<byte[], byte[]> Record, string Lane, string? Key) : ILaneItem
{
    /// <summary>Attempts that failed.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them did, UTC.</summary>
    public DateTimeOffset FirstFailedAt { get; set; }

    /// <summary>Whether it failed for the last time and waits because it may not become a dead letter now.</summary>
    public bool WaitsForPlace { get; set; }

    /// <summary>Whether events behind it are known to succeed, so that it is at fault itself when it fails again.</summary>
    public bool OthersSucceed { get; set; }

    /// <summary>What was read behind it, where a partition is one lane; else null.</summary>
    public ReadAhead? Ahead { get; init; }

    /// <summary>Times that another instance had its lease.</summary>
    public int Waits { get; set; }

    /// <inheritdoc/>
    public bool Alone { get; set; }

    /// <inheritdoc/>
    public TimeSpan? Again { get; set; }

    /// <inheritdoc/>
    public CancellationToken Dropped => Progress.GivenUp;

    /// <summary>
    /// Whether this is no record of the log but a look at the dead letters of its key, in the key's own lane; its record only says which.
    /// </summary>
    public bool LooksAtDeadLetters { get; init; }

    /// <summary>
    /// Whether an owner of the partition before this instance may have been given it: it was on the log by then, as far as the clocks tell. Only then is
    /// Redis worth asking; the inbox decides in any case.
    /// </summary>
    public bool MayBeKnown => KafkaBinding.WrittenAt(Record.Message) <= Progress.AssignedAt;

    /// <summary>Names what it looks at within its partition, so that nothing is looked at twice at once.</summary>
    public string AttendedAs => Key ?? $"@{Record.Offset.Value}";

    /// <summary>This delivery of it to a group.</summary>
    public Delivery Delivery(string group) => new(group, Record.Topic, Record.Partition.Value, Record.Offset.Value, Failures + 1);
}
