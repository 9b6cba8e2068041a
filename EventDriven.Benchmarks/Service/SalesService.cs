using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Redis;
using EventDriven.ServiceDefaults.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EventDriven.Benchmarks.Service;

/// <summary>A service with messaging as the product's services have it, warnings on the standard error.</summary>
internal sealed class SalesService : IAsyncDisposable
{
    private readonly IHost _host;

    private SalesService(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts the service of <see cref="SalesDatabase"/>.</summary>
    public static Task<SalesService> StartAsync(
        Servers servers,
        string database,
        Action<MessagingBuilder<SalesDatabase>> messaging,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null) => StartAsync<SalesDatabase>(
            servers, database, messaging, cancellationToken, services);

    /// <summary>Starts a service with a database of its own.</summary>
    public static async Task<SalesService> StartAsync<TContext>(
        Servers servers,
        string database,
        Action<MessagingBuilder<TContext>> messaging,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null)
        where TContext : DbContext
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:kafka"] = servers.Kafka });
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMetrics();
        builder.Services.AddDbContextPool<TContext>(o => o.UseNpgsql(DatabaseDefaults.Apply(database)).UseSnakeCaseNamingConvention());
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(servers.Redis));
        builder.Services.AddRedisLeases();
        builder.Services.AddSingleton(provider =>
        {
            var config = new ProducerConfig { BootstrapServers = servers.Kafka };
            OutboxProducer.Configure(config);
            var client = new ProducerBuilder<byte[], byte[]>(config);
            OutboxProducer.Configure(provider, client);
            return client.SetLogHandler(OutboxProducer.Logger(provider)).Build();
        });
        services?.Invoke(builder.Services);
        builder.AddMessaging("/benchmarks", messaging);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new SalesService(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
