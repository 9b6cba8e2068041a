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
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
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
    }

    public IReadOnlyList<string> Instances => Topology.Instances;

    public string WebhookSecret => Secret("payment-webhook");

    /// <summary>A token with every scope, for a day.</summary>
    public string Token => new DevelopmentIssuer(Secret("token-key"), TimeProvider.System)
        .Issue(new TokenRequest("chaos") { Scopes = Scopes.All, Lifetime = TokenRequest.MaxLifetime });

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

    /// <summary>Id of the process behind a resource; null while there is none.</summary>
    public int? Pid(string resource) => Pid(State(resource).Snapshot);

    /// <summary>Stops a resource in an orderly way.</summary>
    public async Task StopAsync(string resource, CancellationToken cancellationToken)
    {
        if (await TryCommandAsync(resource, KnownResourceCommands.StopCommand, cancellationToken) is { } refusal)
        {
            throw new InvalidOperationException($"{resource} did not stop: {refusal}");
        }

        await EndedAsync(resource, cancellationToken);
    }

    /// <summary>Starts a resource that has ended until it is healthy: again, should it end once more and nobody else start it.</summary>
    /// <returns>The id of its process.</returns>
    public async Task<int> StartUntilHealthyAsync(string resource, int former, CancellationToken cancellationToken)
    {
        await StartAsync(resource, cancellationToken);
        while (true)
        {
            var next = await ReplacedAsync(resource, former, cancellationToken);
            while (Pid(resource) == next)
            {
                if (await IsHealthyAsync(resource, cancellationToken))
                {
                    return next;
                }

                await Task.Delay(Interval, TimeProvider.System, cancellationToken);
            }

            // A service is started again by the AppHost, a server is not.
            former = next;
            if (!IsStartedAgain(resource))
            {
                await EndedAsync(resource, cancellationToken);
                await StartAsync(resource, cancellationToken);
            }
        }
    }

    /// <summary>Returns when a resource is healthy, and stays so for a moment; starts it where it has ended.</summary>
    public async Task EnsureHealthyAsync(string resource, CancellationToken cancellationToken)
    {
        int? healthy = null;
        while (true)
        {
            var pid = Pid(resource);
            if (HasEnded(resource))
            {
                await StartUntilHealthyAsync(resource, former: 0, cancellationToken);
                return;
            }

            var isHealthy = pid is not null && await IsHealthyAsync(resource, cancellationToken);
            if (isHealthy && healthy == pid)
            {
                return;
            }

            // One that is about to end may still answer.
            healthy = isHealthy ? pid : null;
            await Task.Delay(isHealthy ? Settling : Interval, TimeProvider.System, cancellationToken);
        }
    }

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
        var state = State(instance);
        var environment = state.Snapshot.EnvironmentVariables.Where(variable => variable is { IsFromSpec: true, Value: not null })
            .ToDictionary(variable => variable.Name, variable => variable.Value!, StringComparer.Ordinal);
        return (Path.GetFileNameWithoutExtension(((ProjectResource)state.Resource).GetProjectMetadata().ProjectPath), environment);
    }

    /// <summary>Waits until the process behind a resource has ended, as the AppHost sees it.</summary>
    public Task EndedAsync(string resource, CancellationToken cancellationToken) =>
        _application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, cancellationToken);

    /// <summary>Waits until another process than this one runs behind a resource, and returns its id.</summary>
    public async Task<int> ReplacedAsync(string resource, int former, CancellationToken cancellationToken)
    {
        var next = former;
        await _application.ResourceNotifications.WaitForResourceAsync(
            resource,
            changed =>
            {
                next = Pid(changed.Snapshot) ?? former;
                return next != former;
            },
            cancellationToken);
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        await _application.DisposeAsync();

        // The builder owns the AppHost's thread: disposed any earlier, it would take the application along.
        await _builder.DisposeAsync();
        await _links.DisposeAsync();
    }

    private static bool IsStartedAgain(string resource) => Topology.Instances.Contains(resource);

    private static int? Pid(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running
        && int.TryParse(
            snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value?.ToString(),
            NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? pid : null;

    // The AppHost refuses to start what needs a server that another fault has just stopped.
    private async Task StartAsync(string resource, CancellationToken cancellationToken)
    {
        while (await TryCommandAsync(resource, KnownResourceCommands.StartCommand, cancellationToken) is { } refusal
            && Pid(resource) is null)
        {
            try
            {
                await Task.Delay(Settling, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"{resource} did not start: {refusal}", exception);
            }
        }
    }

    /// <summary>Why the AppHost refused; null when it did not.</summary>
    private async Task<string?> TryCommandAsync(string resource, string command, CancellationToken cancellationToken)
    {
        var done = await _application.ResourceCommands.ExecuteCommandAsync(State(resource).ResourceId, command, cancellationToken);
        return done.Success ? null : done.Message ?? "no reason was given";
    }

    private bool HasEnded(string resource) =>
        State(resource).Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

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

    // What the AppHost knows of its health may be from before it ended.
    private async Task<bool> IsHealthyAsync(string resource, CancellationToken cancellationToken)
    {
        var checks = _application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == resource)
            .Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        var report = await _application.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => checks.Contains(check.Name), cancellationToken);
        return report.Status != HealthStatus.Unhealthy;
    }

    private string Secret(string name) =>
        Data.Secret(name, () => throw new InvalidOperationException($"The AppHost made no secret '{name}'."));

    private ResourceEvent State(string resource) =>
        _application.ResourceNotifications.TryGetCurrentState(resource, out var state)
            ? state
            : throw new ArgumentException($"There is no resource '{resource}'.", nameof(resource));
}
