using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L8: a failure is visible, here that of the broker in the producer's metrics.</summary>
public sealed class OutboxMeterTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_outbox_tells_its_depth_and_age_while_the_broker_is_away()
    {
        var measured = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MessagingMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured[instrument.Name] = value);

        // Nothing listens there.
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null, Kafka = "127.0.0.1:1" };
        await using var service = await NoteService.StartAsync(options, Token);
        listener.Start();
        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 1));

        await Eventually.TrueAsync(() => Measure("outbox.pending") == 2 && Measure("outbox.oldest_age_seconds") > 1);

        double Measure(string name)
        {
            listener.RecordObservableInstruments();
            return measured.GetValueOrDefault(name);
        }
    }
}
