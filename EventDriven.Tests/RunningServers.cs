using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests;

/// <summary>PostgreSQL, Redis and Kafka as processes, without any service.</summary>
internal sealed class RunningServers : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly string[] Names = ["postgres", "testdb", "redis", "kafka"];

    private RunningServers(DistributedApplication application) => Application = application;

    public DistributedApplication Application { get; }

    public DataDirectory Data => Application.Services.GetRequiredService<ServerHost>().Data;

    private DistributedApplicationModel Model => Application.Services.GetRequiredService<DistributedApplicationModel>();

    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="settings">Settings as on the command line; a temporary folder and free ports unless they say otherwise.</param>
    public static async Task<RunningServers> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            // Whose build knows where DCP is.
            AssemblyName = typeof(Projects.EventDriven_AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
            Args = ["Servers=processes", .. settings is [] ? ["DcpPublisher:RandomizePorts=true"] : settings],
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.AddPostgresServer("postgres").AddServerDatabase("testdb");
        builder.AddRedisServer("redis", keys: ["inbox:*", "checkout:idempotency:*", "kept"]);
        builder.AddKafkaProcess("kafka", [.. Contracts.Topics.All.Select(topic => new KafkaTopic(topic.Name, topic.Partitions))]);
        var running = new RunningServers(builder.Build());
        try
        {
            using var start = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            start.CancelAfter(StartTimeout);
            await running.Application.StartAsync(start.Token);
            await Task.WhenAll(Names.Select(server => running.HealthyAsync(server, start.Token, WaitBehavior.StopOnResourceUnavailable)));
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the server is healthy; when it was just started again, its state may still be of its end.</summary>
    public Task HealthyAsync(
        string server, CancellationToken cancellationToken, WaitBehavior behavior = WaitBehavior.WaitOnResourceUnavailable) =>
        Application.ResourceNotifications.WaitForResourceHealthyAsync(server, behavior, cancellationToken);

    public async Task<string> ConnectionStringAsync(string server, CancellationToken cancellationToken) =>
        await Model.Resources.OfType<IResourceWithConnectionString>().Single(resource => resource.Name == server)
            .GetConnectionStringAsync(cancellationToken)
            ?? throw new InvalidOperationException($"'{server}' has no connection string.");

    /// <summary>Connection string of Redis's administrator.</summary>
    public async Task<string> RedisAdministratorAsync(CancellationToken cancellationToken) =>
        (await Model.Resources.OfType<RedisProcess>().Single().AdministratorConnectionStringExpression.GetValueAsync(cancellationToken))!;

    /// <summary>The emulator, when Kafka is that.</summary>
    public EventDriven.Hosting.Kafka.KafkaEmulator? Emulator =>
        Model.Resources.OfType<EventDriven.Hosting.Kafka.KafkaEmulator>().SingleOrDefault();

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync(CancellationToken.None);
        await Application.DisposeAsync();
    }
}
