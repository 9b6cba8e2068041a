using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EventDriven.Messaging.Telemetry;

/// <summary>
/// What was measured last: the outbox, lag and parked keys. The metrics, the health checks and <c>/lag</c> read it here, so that asking
/// costs no query; ages are taken by the clock, so that they grow although nothing is measured.
/// </summary>
internal sealed class MessagingGauges
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, GroupLag> _lag = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _parkedKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _parkedMessages = new(StringComparer.Ordinal);
    private volatile OutboxDepth _outbox = new(0, null);

    public MessagingGauges(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(MessagingMetrics.MeterName);
        meter.CreateObservableGauge("outbox.pending", () => _outbox.Pending, "{message}", "Events that no broker has acknowledged.");
        meter.CreateObservableGauge(
            "outbox.oldest_age_seconds", () => _outbox.AgeAt(time.GetUtcNow()).TotalSeconds, "s", "Age of the oldest of them.");
        meter.CreateObservableGauge("messaging.consumer.lag", LagEvents, "{message}", "Events that a group has not handled, by partition.");
        meter.CreateObservableGauge("messaging.consumer.lag_seconds", LagSeconds, "s", "Age of the oldest of them; 0 when there is none.");
        meter.CreateObservableGauge(
            "messaging.parked_keys", () => ByGroup(_parkedKeys), "{key}", "Keys that are blocked by a dead letter.");
        meter.CreateObservableGauge(
            "messaging.parked_messages", () => ByGroup(_parkedMessages), "{message}",
            "Dead letters of parked keys, blocked events included.");
    }

    public OutboxDepth Outbox
    {
        get => _outbox;
        set => _outbox = value;
    }

    /// <summary>By group; empty until the first measurement.</summary>
    public IReadOnlyDictionary<string, GroupLag> Lag => _lag;

    /// <summary>By group; empty until the first count.</summary>
    public IReadOnlyDictionary<string, long> ParkedKeys => _parkedKeys;

    public void Measured(GroupLag lag) => _lag[lag.Group] = lag;

    public void CountedParked(string group, long keys, long messages) => (_parkedKeys[group], _parkedMessages[group]) = (keys, messages);

    private IEnumerable<Measurement<long>> LagEvents() =>
        from @group in _lag.Values
        from partition in @group.Partitions
        select new Measurement<long>(partition.Events, Tags(@group.Group, partition));

    private IEnumerable<Measurement<double>> LagSeconds()
    {
        var now = _time.GetUtcNow();
        return from @group in _lag.Values
               from partition in @group.Partitions
               let seconds = partition.SecondsAt(now)
               where seconds is not null
               select new Measurement<double>(seconds.Value, Tags(@group.Group, partition));
    }

    private static IEnumerable<Measurement<long>> ByGroup(IReadOnlyDictionary<string, long> counts) =>
        counts.Select(count => new Measurement<long>(count.Value, Group(count.Key)));

    private static KeyValuePair<string, object?>[] Tags(string group, PartitionLag partition) =>
    [
        Group(group),
        new("messaging.destination.name", partition.Topic),
        new("messaging.destination.partition.id", $"{partition.Partition}"),
    ];

    private static KeyValuePair<string, object?> Group(string group) => new("messaging.consumer.group.name", group);
}
