using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Links;
using EventDriven.Chaos.Schedules;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Redis;
using EventDriven.Hosting.Services;
using EventDriven.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Chaos.Running;

/// <summary>
/// The whole application as its AppHost describes it: two instances of each service, and servers as processes that keep their data, because
/// they are killed. Every instance reaches the servers over links of its own.
/// </summary>
internal sealed class RunningSystem : IApplication, IAsyncDisposable
{
    /// <summary>The name of the rig's own sessions on PostgreSQL, which are none of the services'.</summary>
    public const string ApplicationName = "chaos";

    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(5);

    // A sender that is killed keeps what it has taken until its lease ends: well within the time that recovery may take.
    private static readonly (string Variable, string Value)[] ShortLeases =
    [
        ("Mail__Timeout", "00:00:05"), ("Mail__Lease", "00:00:20"), ("Payments__Timeout", "00:00:05"), ("Payments__Lease", "00:00:20"),
    ];

    private readonly InstanceClients _clients;
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _application;
    private readonly ServiceLinks _links;

    private RunningSystem(
        IDistributedApplicationTestingBuilder builder, DistributedApplication application, ServiceLinks links, ServiceInsides insides,
        SmallDisks disks)
    {
        (_builder, _application, _links, Insides, Disks) = (builder, application, links, insides, disks);
        _clients = new InstanceClients(Address, () => Token);
        Processes = new SystemProcesses(application);
    }

    public IReadOnlyList<string> Instances => Topology.Instances;

    public string WebhookSecret => Secret("payment-webhook");

    /// <summary>A token with every scope, for a day.</summary>
    public string Token => new DevelopmentIssuer(Secret("token-key"), TimeProvider.System)
        .Issue(new TokenRequest("chaos") { Scopes = Scopes.All, Lifetime = TokenRequest.MaxLifetime });

    /// <summary>The processes of instances and servers.</summary>
    public SystemProcesses Processes { get; }

    /// <summary>What the rig has inside of the services' processes.</summary>
    public ServiceInsides Insides { get; }

    /// <summary>The servers' disks, where they have disks of their own.</summary>
    public SmallDisks Disks { get; }

    public string MailFolder => Data.Folder("mail");

    private DataDirectory Data => _application.Services.GetRequiredService<DataDirectory>();

    /// <summary>Starts the application, and returns when every instance is healthy.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    /// <param name="disks">The servers' disks, mounted there.</param>
    /// <param name="brokers">How many brokers Kafka has: 1, or 3 that replicate.</param>
    /// <param name="keepsNames">Whether instances have names of their own in their groups (static membership).</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunningSystem> StartAsync(
        string folder, SmallDisks disks, int brokers, bool keepsNames, CancellationToken cancellationToken)
    {
        using var start = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        start.CancelAfter(StartBound);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.EventDriven_AppHost>(
            [
                $"Replicas={Topology.Replicas}", $"Brokers={brokers}", "Servers=processes", "Ephemeral=false", $"Data={folder}",
                "ControlRoom=false", "--no-dashboard",
            ],
            start.Token);

        // What resources write stands in files, and what the AppHost says of a fault is no news.
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var links = new ServiceLinks(brokers);
        var insides = new ServiceInsides(Path.Combine(folder, "inside"));
        builder.Resources.OfType<ApacheKafka>().ToList().ForEach(links.AddListeners);
        foreach (var service in builder.Resources.OfType<ProjectResource>().Where(resource => resource.IsService()).ToList())
        {
            var instance = builder.CreateResourceBuilder(service);
            foreach (var (variable, value) in ShortLeases)
            {
                instance.WithEnvironment(variable, value);
            }

            if (keepsNames)
            {
                instance.WithEnvironment("Messaging__Consumer__InstanceId", service.Name);
            }

            instance.WithEnvironment(context => links.RerouteAsync(service.Name, context.EnvironmentVariables, context.CancellationToken));
            instance.WithEnvironment(context => insides.AddTo(service.Name, context.EnvironmentVariables));
        }

        var system = new RunningSystem(builder, await builder.BuildAsync(start.Token), links, insides, disks);
        try
        {
            await system._application.StartAsync(start.Token);
            await Task.WhenAll(Topology.Instances.Select(instance =>
                system._application.ResourceNotifications.WaitForResourceHealthyAsync(
                    instance, WaitBehavior.WaitOnResourceUnavailable, start.Token)));
            return system;
        }
        catch (Exception exception)
        {
            await system.DisposeAsync();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture, $"it was not healthy within {StartBound.TotalMinutes:0} min; its logs say why"),
                    exception);
            }

            throw;
        }
    }

    /// <summary>The link of an instance to a server, or a service that it calls.</summary>
    public Link Link(string name) => _links[name];

    public HttpClient Http(string instance) => _clients[instance];

    public Uri Address(string instance) => _application.GetEndpoint(instance, "http");

    /// <summary>Connection string of a server or database, past the links.</summary>
    public async Task<string> ConnectionStringAsync(string resource, CancellationToken cancellationToken) =>
        await _application.GetConnectionStringAsync(resource, cancellationToken)
            ?? throw new ArgumentException($"'{resource}' has no connection string.", nameof(resource));

    /// <summary>Connection string of Redis's administrator, who may do what services may not.</summary>
    public async Task<string> RedisAdministratorAsync(CancellationToken cancellationToken) =>
        (await _builder.Resources.OfType<RedisProcess>().Single().AdministratorConnectionStringExpression.GetValueAsync(
            cancellationToken))!;

    /// <summary>Waits until an instance answers, whoever has started it.</summary>
    public async Task AnswersAsync(string instance, CancellationToken cancellationToken)
    {
        while (!await AnswersNowAsync(instance, cancellationToken))
        {
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The file with the output of a resource.</summary>
    public string LogFile(string resource) => Data.LogFile(resource);

    /// <summary>How the AppHost starts an instance: by which project, and with which environment variables.</summary>
    public (string Project, IReadOnlyDictionary<string, string> Environment) Launch(string instance)
    {
        var state = Processes.State(instance);
        var environment = state.Snapshot.EnvironmentVariables.Where(variable => variable is { IsFromSpec: true, Value: not null })
            .ToDictionary(variable => variable.Name, variable => variable.Value!, StringComparer.Ordinal);
        return (Path.GetFileNameWithoutExtension(((ProjectResource)state.Resource).GetProjectMetadata().ProjectPath), environment);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        await _application.DisposeAsync();

        // The builder owns the AppHost's thread: disposed any earlier, it would take the application along.
        await _builder.DisposeAsync();
        await _links.DisposeAsync();
    }

    private async Task<bool> AnswersNowAsync(string instance, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(AnswerBound);
        try
        {
            using var answer = await Http(instance).GetAsync(new Uri("/health", UriKind.Relative), bound.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private string Secret(string name) =>
        Data.Secret(name, () => throw new InvalidOperationException($"The AppHost made no secret '{name}'."));
}
