using EventDriven.LocalHost.Kafka;
using EventDriven.LocalHost.Model;
using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Resources;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost;

/// <summary>
/// The whole application as plain processes on loopback: what Aspire's <c>DistributedApplication</c> is with containers. Disposing it
/// stops everything in reverse order.
/// </summary>
public sealed class LocalApplication : IAsyncDisposable
{
    private readonly DataDirectory data;
    private readonly IReadOnlyList<LocalResource> resources;
    private bool disposed;

    private LocalApplication(DataDirectory data, IReadOnlyList<LocalResource> resources)
    {
        this.data = data;
        this.resources = resources;
    }

    /// <summary>Everything that runs; each resource stands after those that it depends on.</summary>
    public IReadOnlyList<LocalResource> Resources => resources;

    /// <summary>The folder with data, logs and mails.</summary>
    public string DataDirectory => data.Path;

    /// <summary>Is Kafka the cluster built into librdkafka (in memory, about 5 MiB a partition, forgotten on exit)?</summary>
    public bool KafkaIsBuiltIn => resources.OfType<BuiltInKafka>().Any();

    /// <summary>Starts everything and returns when every health check has succeeded.</summary>
    /// <exception cref="LocalApplicationException">Something can't start; whatever had started was stopped again.</exception>
    public static async Task<LocalApplication> StartAsync(LocalApplicationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new LocalApplicationException("The local mode runs on Linux and macOS; on Windows use the Aspire flavour or WSL.");
        }

        var output = new PrefixedOutput(options.Output);
        var folder = Storage.DataDirectory.Open(options);
        var model = new LocalModel(options, folder, output);
        var application = new LocalApplication(folder, model.Resources);
        try
        {
            foreach (var leftover in await PidFile.StopLeftoversAsync(folder.Folder("run"), cancellationToken))
            {
                output.Write(leftover, "A process that an earlier run left behind was stopped.");
            }

            ApplicationModel.Describe(model);
            await Orchestrator.StartAsync(model.Resources, cancellationToken);
            StateFile.Write(folder, model.Resources);
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a client needs to reach a server or a database, as services get it in <c>ConnectionStrings__name</c>.</summary>
    /// <exception cref="ArgumentException">No such resource, or it has none.</exception>
    public string ConnectionString(string name) =>
        Resource(name).ConnectionString ?? throw new ArgumentException($"'{name}' has no connection string.", nameof(name));

    /// <summary>Where an instance of a service listens.</summary>
    /// <exception cref="ArgumentException">No such resource, or it serves no HTTP.</exception>
    public Uri Url(string service) => Resource(service).Url ?? throw new ArgumentException($"'{service}' serves no HTTP.", nameof(service));

    /// <summary>The resource of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public LocalResource Resource(string name) =>
        resources.FirstOrDefault(resource => resource.Name == name)
            ?? throw new ArgumentException($"There is no resource '{name}'; there are: {string.Join(", ", resources.Select(resource => resource.Name))}.", nameof(name));

    /// <summary>Asks a resource to stop, as an orderly restart would, and returns when it is gone (at the latest after its bounded time).</summary>
    public Task StopAsync(string name) => Resource(name).StopAsync();

    /// <summary>Ends a resource at once, by SIGKILL, as a crash would, and returns when it is gone.</summary>
    public Task KillAsync(string name) => Resource(name).KillAsync();

    /// <summary>Starts a resource that was stopped, was killed or has died, on the same port, and returns when it is healthy.</summary>
    public Task StartAsync(string name, CancellationToken cancellationToken = default) => Resource(name).StartAsync(cancellationToken);

    /// <summary>Stops and starts a resource.</summary>
    public async Task RestartAsync(string name, CancellationToken cancellationToken = default)
    {
        await StopAsync(name);
        await StartAsync(name, cancellationToken);
    }

    /// <summary>Creates an empty database beside the services' own, unless it is there.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        var server = resources.OfType<PostgresServer>().Single();
        await PostgresDatabase.CreateAsync(server.ConnectionString, name, cancellationToken);
        return $"{server.ConnectionString};Database={name}";
    }

    /// <summary>Creates a topic beside the declared ones; the built-in cluster can't be asked for one over the wire.</summary>
    public Task CreateTopicAsync(string name, int partitions, CancellationToken cancellationToken = default)
    {
        if (resources.OfType<BuiltInKafka>().SingleOrDefault() is { } builtIn)
        {
            builtIn.CreateTopic(name, partitions);
            return Task.CompletedTask;
        }

        return KafkaTopics.CreateAsync(ConnectionString("kafka"), name, partitions, cancellationToken);
    }

    /// <summary>Stops everything, each resource after those that depend on it, and removes the data when it was ephemeral.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        StateFile.Remove(data);
        await Orchestrator.StopAsync(resources);
        foreach (var resource in resources)
        {
            await resource.DisposeAsync();
            resource.Log.Dispose();
        }

        data.Dispose();
    }
}
