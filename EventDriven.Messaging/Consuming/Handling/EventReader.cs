using EventDriven.Messaging.Events;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Turns a record into an attempt at an event: finds its handler and reads its data.</summary>
internal sealed class EventReader(ConsumerGroup group, MessagingMetrics metrics, ILogger logger)
{
    /// <summary>Whether what can't be read or applied of a topic is dropped.</summary>
    public bool IsHearsay(string topic) => group.HearsayTopics.Contains(topic);

    /// <summary>Reads a record. Null when the group has no handler of its type.</summary>
    /// <param name="record">From the log, or kept as a dead letter.</param>
    /// <param name="failures">Attempts at it that failed.</param>
    /// <exception cref="UnreadableEventException">
    /// Its attributes or its data are not what they should be, or its data is of another schema.
    /// </exception>
    public EventAttempt? Read(SourceRecord record, int failures)
    {
        var received = KafkaBinding.Read(record.Message);
        if (!group.Bindings.TryGetValue(received.Envelope.Type, out var binding))
        {
            return null;
        }

        received.RequireSchema(binding.Schema);
        if (failures > 0)
        {
            metrics.Retried(group.Name, record.Topic);
        }

        return new EventAttempt(record, binding, received, binding.Read(received.Data), record.Delivery(group.Name, failures), logger);
    }
}
