using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
        Action<IMessagingBuilder> messaging,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null) => StartAsync<SalesDatabase>(
            servers,
            database,
            builder => messaging(
                builder.AddMessaging<SalesDatabase>("/benchmarks").UseKafka("kafka").UseRedisLeases("redis").UseJson(SaleJson.Default)),
            cancellationToken,
            services);

    /// <summary>Starts a service with a database of its own.</summary>
    public static async Task<SalesService> StartAsync<TContext>(
        Servers servers,
        string database,
        Action<IHostApplicationBuilder> messaging,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null)
        where TContext : DbContext
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = servers.Kafka,
            ["ConnectionStrings:redis"] = servers.Redis,
        });
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMetrics();
        builder.Services.AddDbContextPool<TContext>(o => o.UseNpgsql(DatabaseDefaults.Apply(database)).UseSnakeCaseNamingConvention());
        services?.Invoke(builder.Services);
        messaging(builder);
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
