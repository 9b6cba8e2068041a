using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.Runtime;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>A host with the peer as its documentation sets it up for durable messaging; warnings on the standard error.</summary>
internal sealed class PeerService : IAsyncDisposable
{
    private readonly IHost _host;

    private PeerService(IHost host) => _host = host;

    public IWolverineRuntime Runtime => _host.Services.GetRequiredService<IWolverineRuntime>();

    public MessageBus Bus => new(Runtime);

    public static async Task<PeerService> StartAsync(
        string name,
        string database,
        Action<WolverineOptions> configure,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            // A service that only publishes has none.
            .AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error);
        services?.Invoke(builder.Services);
        builder.UseWolverine(options =>
        {
            options.ServiceName = name;
            options.PersistMessagesWithPostgresql(database);

            // One node: no leader election, no agents to assign.
            options.Durability.Mode = DurabilityMode.Solo;
            options.Durability.DurabilityMetricsEnabled = false;
            options.Discovery.DisableConventionalDiscovery();
            options.Policies.DisableConventionalLocalRouting();
            configure(options);
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new PeerService(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
