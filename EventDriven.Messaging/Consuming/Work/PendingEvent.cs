using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Consuming.Work;

/// <summary>A record that was read from the log and is not yet done.</summary>
/// <param name="progress">Its partition.</param>
/// <param name="record">What was read.</param>
/// <param name="lane">Where it waits its turn.</param>
internal sealed class PendingEvent(PartitionProgress progress, SourceRecord record, string lane) : ConsumerWork(progress, lane)
{
    /// <summary>What was read.</summary>
    public SourceRecord Record { get; } = record;

    /// <summary>What was read after it, where a partition is one lane; else null.</summary>
    public ReadAhead? Ahead { get; init; }

    /// <summary>
    /// Whether an owner of the partition before this instance may have been given it: it was on the log by then, as far as the clocks tell.
    /// Only then are the leases worth asking; the inbox decides in any case.
    /// </summary>
    public bool MayBeKnown => KafkaBinding.WrittenAt(Record.Message) <= Progress.AssignedAt;
}
