using System.Diagnostics.Metrics;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>A metric of one group, or one of its topics, as a collector reads it.</summary>
internal sealed class Metered : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _counted;
    private long? _last;

    public Metered(string metric, string group, string? topic = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == metric)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (Has(tags, "messaging.consumer.group.name", group) && (topic is null || Has(tags, "messaging.destination.name", topic)))
            {
                Interlocked.Add(ref _counted, value);
                _last = value;
            }
        });
        _listener.Start();
    }

    /// <summary>What a counter has counted.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    /// <summary>What a gauge says now; null when it says nothing.</summary>
    public long? Gauge()
    {
        _last = null;
        _listener.RecordObservableInstruments();
        return _last;
    }

    public void Dispose() => _listener.Dispose();

    private static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name, string value)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name && (string?)tag.Value == value)
            {
                return true;
            }
        }

        return false;
    }
}
