using EventDriven.Messaging.Events;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>A record that is to be stored as a dead letter.</summary>
/// <param name="Item">The record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What its last attempt threw; null when there was none.</param>
internal sealed record DeadLetterEntry(PendingEvent Item, DeadLetterReason Reason, Exception? Error = null)
{
    /// <summary>Whether it is one of those that <see cref="DeadLetterOptions.MaxParkedKeys"/> limits: its key is parked because a handler failed.</summary>
    public bool CountsTowardsLimit => Item.Key is not null && Reason == DeadLetterReason.Failed;

    /// <summary>Its attributes; null when they can't be read.</summary>
    public EventEnvelope? Envelope() => Event()?.Envelope;

    /// <summary>Its attributes and its data; null when they can't be read.</summary>
    public ReceivedEvent? Event()
    {
        try
        {
            return KafkaBinding.Read(Item.Record.Message);
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }

    /// <summary>The row that it becomes.</summary>
    /// <param name="group">Consumer group.</param>
    /// <param name="cluster">Id of the Kafka cluster.</param>
    /// <param name="now">Dates the row.</param>
    public DeadLetter Row(string group, string cluster, DateTimeOffset now)
    {
        var record = Item.Record;
        var received = Event();
        var envelope = received?.Envelope;
        EventFingerprint? mark = received is null ? null : EventFingerprint.Of(received);
        var error = Error is null ? null : StoredError.Of(Error);
        return new DeadLetter
        {
            Group = group,
            Cluster = cluster,
            Topic = record.Topic,
            Partition = record.Partition.Value,
            Offset = record.Offset.Value,
            Key = Item.Key,
            EventId = envelope?.Id,
            Source = envelope?.Source,
            Identity = mark?.Identity,
            Content = mark?.Content,
            Type = envelope?.Type,
            Time = (envelope?.Time ?? KafkaBinding.WrittenAt(record.Message)).ToUniversalTime(),
            Headers = StoredHeaders.Write(record.Message.Headers),
            RecordKey = record.Message.Key,
            Data = record.Message.Value,
            Reason = Reason,
            ErrorType = error?.Type,
            ErrorMessage = error?.Message,
            ErrorStack = error?.Stack,
            Attempts = error is null ? 0 : Math.Max(1, Item.Failures),
            FirstFailedAt = error is null ? null : Item.FirstFailedAt,
            LastFailedAt = error is null ? null : now,
            State = DeadLetterState.Parked,
            ChangedBy = DeadLetterTable.Group(group),
            ChangedAt = now,
        };
    }
}
