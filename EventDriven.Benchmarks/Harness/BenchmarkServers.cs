using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Benchmarks.Harness;

/// <summary>
/// PostgreSQL, Redis and Apache Kafka for the contestants, as processes. They are durable: without fsync, figures would be of something
/// that nobody may run.
/// </summary>
internal sealed class BenchmarkServers : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);

    private readonly DistributedApplication _application;

    private BenchmarkServers(DistributedApplication application, Servers addresses)
    {
        _application = application;
        Addresses = addresses;
    }

    public Servers Addresses { get; }

    /// <summary>Starts them and returns when they are healthy.</summary>
    /// <param name="folder">Where they keep their data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BenchmarkServers> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            // Knows where Aspire's programs are.
            AssemblyName = "EventDriven.AppHost",
            DisableDashboard = true,
            Args = ["Servers=processes", $"Data={folder}"],
        });
        builder.Services.AddLogging(logging => logging
            .AddFilter("Aspire.Hosting", LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning)

            // A server that is not ready yet is an error to these.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        var postgres = builder.AddPostgresServer("postgres").Resource;
        var kafka = builder.AddKafkaProcess("kafka", []).Resource;
        var redis = builder.AddRedisServer("redis").Resource;
        var application = builder.Build();
        try
        {
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bounded.CancelAfter(StartBound);
            await application.StartAsync(bounded.Token);
            return new BenchmarkServers(
                application,
                new Servers(
                    await HealthyAsync(postgres, bounded.Token), await HealthyAsync(kafka, bounded.Token),
                    await HealthyAsync(redis, bounded.Token)));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            await StopAsync(application);
            throw new InvalidOperationException(
                $"The servers did not get healthy within {StartBound.TotalMinutes:N0} min; their logs are in {folder}.", exception);
        }
        catch
        {
            await StopAsync(application);
            throw;
        }

        async Task<string> HealthyAsync(IResourceWithConnectionString server, CancellationToken token)
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(server.Name, WaitBehavior.StopOnResourceUnavailable, token);
            return (await server.GetConnectionStringAsync(token))!;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_application);

    private static async Task StopAsync(DistributedApplication application)
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }
}
