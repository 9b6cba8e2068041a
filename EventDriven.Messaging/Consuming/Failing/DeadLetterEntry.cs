using EventDriven.Messaging.Events;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>A record that is to be stored as a dead letter.</summary>
/// <param name="Record">The record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What its last attempt threw; null when there was none.</param>
internal sealed record DeadLetterEntry(SourceRecord Record, DeadLetterReason Reason, Exception? Error = null)
{
    /// <summary>Attempts that failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of them did, UTC.</summary>
    public DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>
    /// Whether it is one of those that <see cref="DeadLetterOptions.MaxParkedKeys"/> limits: its key is parked because a handler failed.
    /// </summary>
    public bool CountsTowardsLimit => Record.Key is not null && Reason == DeadLetterReason.Failed;

    /// <summary>Its attributes; null when they can't be read.</summary>
    public EventEnvelope? Envelope() => Event()?.Envelope;

    /// <summary>The row that it becomes.</summary>
    /// <param name="group">Consumer group.</param>
    /// <param name="cluster">Id of the Kafka cluster.</param>
    /// <param name="now">Dates the row.</param>
    public DeadLetter Row(string group, string cluster, DateTimeOffset now)
    {
        var message = Record.Message;
        var received = Event();
        var envelope = received?.Envelope;
        EventFingerprint? fingerprint = received is null ? null : EventFingerprint.Of(received);
        var error = Error is null ? null : StoredError.Of(Error);
        return new DeadLetter
        {
            Group = group,
            Cluster = cluster,
            Topic = Record.Topic,
            Partition = Record.Partition,
            Offset = Record.Offset,
            Key = Record.Key,
            EventId = envelope?.Id,
            Source = envelope?.Source,
            Identity = fingerprint?.Identity,
            Content = fingerprint?.Content,
            Type = envelope?.Type,
            Time = (envelope?.Time ?? KafkaBinding.WrittenAt(message)).ToUniversalTime(),
            Headers = StoredHeaders.Write(message.Headers),
            RecordKey = message.Key,
            Data = message.Value,
            Reason = Reason,
            ErrorType = error?.Type,
            ErrorMessage = error?.Message,
            ErrorStack = error?.Stack,
            Attempts = error is null ? 0 : Math.Max(1, Failures),
            FirstFailedAt = error is null ? null : FirstFailedAt,
            LastFailedAt = error is null ? null : now,
            State = DeadLetterState.Parked,
            ChangedBy = DeadLetterTable.Group(group),
            ChangedAt = now,
        };
    }

    private ReceivedEvent? Event()
    {
        try
        {
            return KafkaBinding.Read(Record.Message);
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }
}
