using EventDriven.Messaging.Storage;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Tells of events that have source and id of one that the group has applied, and say something else. They have no effect, as every
/// repeated event; but their producer has used an id twice, and a fact may be lost.
/// </summary>
internal sealed partial class AlteredEvents(string group, MessagingMetrics metrics, ILogger logger)
{
    /// <summary>Counts and logs such an event.</summary>
    public void Tell(EventAttempt attempt)
    {
        var delivery = attempt.Delivery;
        metrics.Altered(group, delivery.Topic);
        using var entered = attempt.Enter();
        Log.Altered(
            logger,
            attempt.Envelope.Type,
            attempt.Id,
            delivery.Topic,
            delivery.Partition,
            delivery.Offset,
            StoredText.Of(attempt.Envelope.Source),
            group);
    }

    private static partial class Log
    {
        [LoggerMessage(
            220,
            LogLevel.Warning,
            "{Type} {EventId} at {Topic}[{Partition}]@{Offset} has no effect: group {Group} has applied another event with this id of "
            + "source {Source}. Its producer must give each event an id of its own.")]
        public static partial void Altered(
            ILogger logger, string type, string eventId, string topic, int partition, long offset, string source, string group);
    }
}
