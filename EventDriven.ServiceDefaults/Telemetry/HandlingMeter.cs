using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventDriven.Messaging.Operations.Handling;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Counts how long handling takes, by group, from the very metrics that are exported: without a store for those, too.</summary>
internal sealed class HandlingMeter : IDisposable
{
    private const string Duration = "messaging.process.duration";
    private const string Age = "messaging.process.event_age";
    private const string GroupTag = "messaging.consumer.group.name";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Counts> _groups = new(StringComparer.Ordinal);

    /// <summary>Listens to the metrics of this host alone.</summary>
    public HandlingMeter(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MessagingMetrics.MeterName && instrument.Meter.Scope == factory
                && instrument.Name is Duration or Age)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    /// <summary>What each group has handled since the start, by name.</summary>
    public IReadOnlyList<GroupHandling> Read() =>
    [
        .. _groups.OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new GroupHandling(group.Key, Copy(group.Value.Durations), Copy(group.Value.Ages))),
    ];

    public void Dispose() => _listener.Dispose();

    private static IReadOnlyList<long> Copy(long[] counts) => [.. counts.Select((_, i) => Interlocked.Read(ref counts[i]))];

    private void Record(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var (name, value) in tags)
        {
            if (name == GroupTag && value is string group)
            {
                var counts = _groups.GetOrAdd(group, static _ => new Counts());
                Interlocked.Increment(ref (instrument.Name == Age ? counts.Ages : counts.Durations)[HandlingBuckets.Of(seconds)]);
                return;
            }
        }
    }

    private sealed class Counts
    {
        public long[] Durations { get; } = new long[HandlingBuckets.Count];

        public long[] Ages { get; } = new long[HandlingBuckets.Count];
    }
}
