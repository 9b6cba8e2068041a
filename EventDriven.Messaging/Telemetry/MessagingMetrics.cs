using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventDriven.Messaging.Telemetry;

/// <summary>
/// Messaging's counters and histograms, named after OpenTelemetry's messaging conventions where these define a name. Periodic measurements
/// are in <c>MessagingGauges</c>. No metric carries a key or an event id, because their number is unbounded.
/// </summary>
public sealed class MessagingMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "EventDriven.Messaging";

    // An SDK's own buckets are for milliseconds: every attempt would be in the first one, and no percentile could be told. These are
    // advised by OpenTelemetry's messaging conventions for messaging.process.duration.
    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    // An event may wait for a consumer that was away for a day.
    private static readonly InstrumentAdvice<double> AgeBuckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400],
    };

    private readonly Counter<long> _published;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _altered;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _redisBypassed;
    private readonly Counter<long> _receiptsDropped;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _age;

    /// <summary>Creates the instruments.</summary>
    public MessagingMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var meter = factory.Create(MeterName);
        _published = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Events that a broker has acknowledged.");
        _consumed = meter.CreateCounter<long>(
            "messaging.client.consumed.messages", "{message}", "Attempts to handle an event, by outcome.");
        _retries = meter.CreateCounter<long>("messaging.process.retries", "{attempt}", "Attempts after the first.");
        _duplicates = meter.CreateCounter<long>(
            "messaging.process.duplicates", "{message}", "Deliveries of an event that had been handled before.");
        _altered = meter.CreateCounter<long>(
            "messaging.process.altered", "{message}",
            "Deliveries with the source and id of a handled event, but other content. They have no effect.");
        _deadLetters = meter.CreateCounter<long>(
            "messaging.dead_letters", "{message}", "Records that were stored as dead letters, or parked again by a redrive, by reason.");
        _dropped = meter.CreateCounter<long>(
            "messaging.client.dropped.messages", "{message}", "Records of hearsay that could not be read or applied, by reason.");
        _redisBypassed = meter.CreateCounter<long>(
            "messaging.idempotency.bypassed", "{call}", "Look-ups that Redis didn't answer and the inbox decided.");
        _receiptsDropped = meter.CreateCounter<long>("messaging.receipts.dropped", "{receipt}", "Receipts that were dropped, by group: too "
            + "many, no broker, or not fit to be stored.");
        _duration = meter.CreateHistogram(
            "messaging.process.duration", "s", "Time of one attempt, transaction included.", tags: null, DurationBuckets);
        _age = meter.CreateHistogram(
            "messaging.process.event_age", "s", "Time from the fact to its committed effect.", tags: null, AgeBuckets);
    }

    internal void Published(string topic, int events) => _published.Add(events, Topic(topic));

    internal void Consumed(string group, string topic, string eventType, Outcome outcome, TimeSpan duration, TimeSpan age)
    {
        var tags = new TagList
        {
            { "messaging.system", "kafka" },
            { "messaging.operation.name", "process" },
            { "messaging.consumer.group.name", group },
            { "messaging.destination.name", topic },
            { "event.type", eventType },
            { "outcome", outcome.Name() },
        };
        _consumed.Add(1, tags);
        if (duration > TimeSpan.Zero)
        {
            _duration.Record(duration.TotalSeconds, tags);
        }

        if (outcome is Outcome.Handled)
        {
            _age.Record(age.TotalSeconds, tags);
        }

        if (outcome is Outcome.Duplicate)
        {
            _duplicates.Add(1, tags);
        }
    }

    internal void Retried(string group, string topic) =>
        _retries.Add(1, new KeyValuePair<string, object?>("messaging.consumer.group.name", group), Topic(topic));

    internal void Altered(string group, string topic) =>
        _altered.Add(1, new KeyValuePair<string, object?>("messaging.consumer.group.name", group), Topic(topic));

    internal void DeadLettered(string group, string topic, string reason) => _deadLetters.Add(
        1, new("messaging.consumer.group.name", group), Topic(topic), new KeyValuePair<string, object?>("reason", reason));

    internal void Dropped(string group, string topic, string reason) => _dropped.Add(
        1, new("messaging.consumer.group.name", group), Topic(topic), new KeyValuePair<string, object?>("reason", reason));

    internal void RedisBypassed(string group) =>
        _redisBypassed.Add(1, new KeyValuePair<string, object?>("messaging.consumer.group.name", group));

    /// <summary>Counts dropped receipts.</summary>
    /// <param name="group">The group that sent them.</param>
    /// <param name="receipts">How many; 0 counts nothing.</param>
    public void ReceiptsDropped(string group, int receipts)
    {
        if (receipts > 0)
        {
            _receiptsDropped.Add(receipts, new KeyValuePair<string, object?>("messaging.consumer.group.name", group));
        }
    }

    private static KeyValuePair<string, object?> Topic(string topic) => new("messaging.destination.name", topic);
}
