using System.Diagnostics.Metrics;
using EventDriven.Messaging.Operations.Handling;
using EventDriven.Messaging.Telemetry;
using EventDriven.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.ControlRoom.Figures;

/// <summary>What a service tells of how long handling takes.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class HandlingMeterTests : IDisposable
{
    private readonly ServiceProvider _services = Host();
    private readonly ServiceProvider _other = Host();

    public void Dispose()
    {
        _services.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Each_attempt_counts_by_its_duration_and_each_effect_by_its_age()
    {
        using var meter = new HandlingMeter(_services.GetRequiredService<IMeterFactory>());
        var metrics = new MessagingMetrics(_services.GetRequiredService<IMeterFactory>());
        metrics.Consumed("inventory", "orders", "placed", Outcome.Handled, TimeSpan.FromMilliseconds(12), TimeSpan.FromSeconds(3));
        metrics.Consumed("inventory", "orders", "placed", Outcome.Failed, TimeSpan.FromMilliseconds(12), TimeSpan.Zero);
        metrics.Consumed("analytics", "orders", "placed", Outcome.Handled, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));

        var told = meter.Read();

        Assert.Equal(["analytics", "inventory"], told.Select(group => group.Group));
        Assert.Equal((2, 1), (told[1].Durations[HandlingBuckets.Of(0.012)], told[1].Ages[HandlingBuckets.Of(3)]));
        Assert.Equal((2, 1), (told[1].Durations.Sum(), told[1].Ages.Sum()));
    }

    [Fact]
    public void Another_host_of_the_process_does_not_count()
    {
        using var meter = new HandlingMeter(_services.GetRequiredService<IMeterFactory>());
        new MessagingMetrics(_other.GetRequiredService<IMeterFactory>())
            .Consumed("inventory", "orders", "placed", Outcome.Handled, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Assert.Empty(meter.Read());
    }

    [Fact]
    public void A_metrics_store_gets_buckets_that_tell_milliseconds_apart()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        var buckets = new Dictionary<string, IReadOnlyList<double>?>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument is Histogram<double> histogram && instrument.Meter.Scope == factory)
                {
                    buckets[instrument.Name] = histogram.Advice?.HistogramBucketBoundaries;
                }
            },
        };
        listener.Start();
        _ = new MessagingMetrics(factory);

        Assert.Equal(["messaging.process.duration", "messaging.process.event_age"], buckets.Keys.Order(StringComparer.Ordinal));
        Assert.All(buckets.Values, bounds => Assert.True(bounds?.Count(bound => bound <= 0.1) >= 4));
    }

    private static ServiceProvider Host() => new ServiceCollection().AddMetrics().BuildServiceProvider();
}
