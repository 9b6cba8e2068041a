using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Storage.Schema;
using EventDriven.Tests.Messaging.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Services;

/// <summary>
/// A service's own registrations on an empty database of its own, without its host: events are delivered to its handlers as the consumer
/// does it, from the producer's JSON, in the transaction with the inbox row.
/// </summary>
internal sealed class ServiceUnderTest<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly IHost _host;
    private readonly ConsumerGroup _group;
    private readonly List<BackgroundService> _started = [];
    private long _offset;

    private ServiceUnderTest(IHost host, ConsumerGroup group, FakeTimeProvider time) => (_host, _group, Time) = (host, group, time);

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<ServiceUnderTest<TContext>> CreateAsync(
        Servers servers, Func<IHostApplicationBuilder, IMessagingBuilder> messaging, Action<HostApplicationBuilder>? configure = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await servers.CreateDatabaseAsync(cancellationToken);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information));
        builder.Services.AddDbContextPool<TContext>(options => options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention());
        messaging(builder);
        configure?.Invoke(builder);

        var host = builder.Build();
        var service = new ServiceUnderTest<TContext>(host, host.Services.GetRequiredService<ConsumerGroup>(), time);
        await service.InScopeAsync(provider => provider.GetRequiredService<TContext>().Database.MigrateAsync(cancellationToken));
        await service.InScopeAsync(provider => MessagingSchema.InstallAsync(provider.GetRequiredService<TContext>(), cancellationToken));
        return service;
    }

    /// <summary>Delivers an event to the service's handler.</summary>
    /// <param name="type">Name of the fact.</param>
    /// <param name="data">As the producer announces it.</param>
    /// <param name="eventId">Of an event that is delivered more than once.</param>
    /// <param name="keys">What its personal data is sealed and opened with; null for an event from before there were keys.</param>
    /// <returns>Whether it had an effect; false when the inbox knows it.</returns>
    public async Task<bool> DeliverAsync(string type, object data, Guid? eventId = null, TestKeys? keys = null)
    {
        var offset = Interlocked.Increment(ref _offset);
        var envelope = new EventEnvelope
        {
            Id = (eventId ?? Guid.CreateVersion7(Time.GetUtcNow())).ToString(),
            Source = "/test",
            Type = type,
            Subject = "test",
            Time = Time.GetUtcNow(),
            CorrelationId = "correlation",
            CausationId = "causation",
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), ContractsJson.Default);
        SubjectKeyRing? ring = null;
        if (keys is not null && PersonalRecord.Of(data.GetType(), JsonNamingPolicy.CamelCase, isRead: false) is { } personal)
        {
            bytes = personal.Seal(type, bytes, keys);
            ring = await keys.RingAsync(bytes);
        }

        var transaction = new EventTransaction<TContext>(
            new ConsumerIdentity(_group.Name, "test", KeepsOffsets: false, Replays: 0), 1_000,
            Services.GetRequiredService<IServiceScopeFactory>(), new DatabaseTime(), Time);
        var attempt = Attempts.Of(_group.Bindings[type], envelope, new Delivery(_group.Name, "test", 0, offset, 1), bytes, ring);
        return await transaction.ApplyAsync([attempt], [], [], TestContext.Current.CancellationToken) is { Fresh.Count: 1 };
    }

    /// <summary>What the service finds that happened more than once: group, detail and key.</summary>
    public Task<List<string>> DoubledEffectsAsync() => ReadAsync(database => database.Database
        .SqlQuery<string>($"""SELECT concat_ws(' ', "group", detail, key) AS "Value" FROM doubled_effects""")
        .ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>Starts one of the service's background services; it stops when this is disposed.</summary>
    public async Task StartAsync<TBackground>()
        where TBackground : BackgroundService
    {
        var background = ActivatorUtilities.CreateInstance<TBackground>(Services);
        await background.StartAsync(TestContext.Current.CancellationToken);
        _started.Add(background);
    }

    public async Task InScopeAsync(Func<IServiceProvider, Task> use)
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider);
    }

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    public Task<T> ReadAsync<T>(Func<TContext, Task<T>> read) => InScopeAsync(provider => read(provider.GetRequiredService<TContext>()));

    public async ValueTask DisposeAsync()
    {
        foreach (var background in _started)
        {
            await background.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        }

        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
