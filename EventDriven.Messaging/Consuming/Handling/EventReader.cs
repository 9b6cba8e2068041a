using EventDriven.Messaging.Events;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Turns a record into an attempt at an event: finds its handler and reads its data.</summary>
internal sealed class EventReader(ConsumerGroup group, MessagingMetrics metrics, ILogger logger)
{
    /// <summary>Whether what can't be read or applied of a topic is dropped.</summary>
    public bool IsHearsay(string topic) => group.HearsayTopics.Contains(topic);

    /// <summary>Whether keys are to be fetched before records are read.</summary>
    public bool NeedsKeys => group is { ReadsPersonalData: true, SubjectKeys: not null };

    /// <summary>
    /// Fetches the keys of personal data that records need. What can't be had is told when a record that needs it is read.
    /// </summary>
    public Task<SubjectKeyRing> KeysAsync(IEnumerable<SourceRecord> records, CancellationToken cancellationToken)
    {
        var ids = new HashSet<Guid>();
        foreach (var record in records)
        {
            AddKeyIds(record, ids);
        }

        return group.SubjectKeys!.RingAsync(ids, cancellationToken);
    }

    /// <summary>Reads a record with the keys that it needs.</summary>
    /// <inheritdoc cref="Read"/>
    public async Task<EventAttempt?> ReadAsync(SourceRecord record, int failures, CancellationToken cancellationToken) =>
        Read(record, failures, NeedsKeys ? await KeysAsync([record], cancellationToken) : SubjectKeyRing.None);

    /// <summary>Reads a record. Null when the group has no handler of its type.</summary>
    /// <param name="record">From the log, or kept as a dead letter.</param>
    /// <param name="failures">Attempts at it that failed.</param>
    /// <param name="keys">The keys of personal data that it needs.</param>
    /// <exception cref="UnreadableEventException">
    /// Its attributes or its data are not what they should be, or its data is of another schema.
    /// </exception>
    /// <exception cref="SubjectKeysUnavailableException">A key that it needs can't be had now.</exception>
    public EventAttempt? Read(SourceRecord record, int failures, SubjectKeyRing keys)
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

        var opened = binding.Personal?.Open(received.Envelope.Type, received.Data, keys) ?? new OpenedData(received.Data, Key: null);
        return new EventAttempt(record, binding, received, binding.Read(opened.Data), record.Delivery(group.Name, failures), logger)
        {
            SubjectKey = opened.Key,
        };
    }

    private void AddKeyIds(SourceRecord record, HashSet<Guid> ids)
    {
        try
        {
            var received = KafkaBinding.Read(record.Message);
            if (group.Bindings.TryGetValue(received.Envelope.Type, out var binding) && binding.Personal is not null)
            {
                PersonalRecord.AddKeyIds(received.Data.Span, ids);
            }
        }
        catch (UnreadableEventException)
        {
            // Told when it is read.
        }
    }
}
