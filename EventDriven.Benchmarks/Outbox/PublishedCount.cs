using System.Diagnostics.Metrics;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>Counts events that the relay has sent and deleted, by the product's own metric.</summary>
internal sealed class PublishedCount : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _listener = new();
    private readonly int _expected;
    private long _count;

    public PublishedCount(int expected)
    {
        _expected = expected;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MessagingMetrics.MeterName && instrument.Name == "messaging.client.sent.messages")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, events, _, _) => Add(events));
        _listener.Start();
    }

    public Task Reached => _reached.Task;

    public void Dispose() => _listener.Dispose();

    private void Add(long events)
    {
        if (Interlocked.Add(ref _count, events) == _expected)
        {
            _reached.SetResult();
        }
    }
}
