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
    /// <exception cref="UnreadableEventException">Its attributes or its data are not what they should be, or its data is of another schema.</exception>
    public EventAttempt? Read(PendingEvent item)
    {
        var record = item.Record;
        var received = KafkaBinding.Read(record.Message);
        if (!group.Bindings.TryGetValue(received.Envelope.Type, out var binding))
        {
            return null;
        }

        received.RequireSchema(binding.Schema);
        var delivery = item.Delivery(group.Name);
        if (delivery.Attempt > 1)
        {
            metrics.Retried(group.Name, record.Topic);
        }

        var attempt = new EventAttempt(item, binding, received, delivery, logger);
        attempt.Context = binding.Read(received.Data, attempt);
        return attempt;
    }
}
