using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging.Outbox;

/// <summary>What the relay does when it fails.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutboxRelayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_defect_stops_the_service()
    {
        // Without the context in the container: no wait mends that.
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
            .BuildServiceProvider();
        using var relay = Relay(services);
        await relay.StartAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => relay.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), Token));
        Assert.True(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_database_that_is_away_stops_nothing()
    {
        var attempts = 0;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
            .AddDbContext<TestDatabase>(options =>
            {
                // Nothing listens there.
                options.UseNpgsql("Host=127.0.0.1;Port=1;Database=none");
                Interlocked.Increment(ref attempts);
            })
            .BuildServiceProvider();
        var time = new FakeTimeProvider();
        using var relay = Relay(services, time);
        await relay.StartAsync(Token);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref attempts) >= 3;
        });

        Assert.False(relay.ExecuteTask!.IsCompleted);
        Assert.False(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await relay.StopAsync(Token);
    }

    private static OutboxRelay<TestDatabase> Relay(IServiceProvider services, TimeProvider? time = null) => new(
        services.GetRequiredService<IServiceScopeFactory>(),
        producer: null!,
        new PublishedEvents("/notes", []),
        new OutboxSignal(),
        new BrokerRefusals(KafkaSettings.Parse("127.0.0.1:1"), NullLogger<BrokerRefusals>.Instance),
        ActivatorUtilities.CreateInstance<MessagingMetrics>(services),
        services.GetRequiredService<IHostApplicationLifetime>(),
        time ?? TimeProvider.System,
        Options.Create(new EventDriven.Messaging.MessagingOptions()),
        NullLogger<OutboxRelay<TestDatabase>>.Instance);
}
