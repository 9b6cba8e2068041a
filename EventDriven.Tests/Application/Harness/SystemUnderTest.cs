using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EventDriven.Contracts;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Redis;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Tests.Application.Harness;

/// <summary>The whole application, as the AppHost describes it: servers and services as processes that keep nothing.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["checkout", "inventory", "notifications", "analytics", "recommendations"];

    /// <summary>The operator's web page, which is left out unless the settings say <see cref="WithControlRoom"/>.</summary>
    public const string ControlRoom = "control-room";

    /// <summary>Setting of an application with the control room.</summary>
    public const string WithControlRoom = "ControlRoom=true";

    // Images of containers may have to be pulled first.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _application;

    private SystemUnderTest(IDistributedApplicationTestingBuilder builder, DistributedApplication application) =>
        (_builder, _application) = (builder, application);

    /// <summary>Why tests that restart the broker are skipped; null when they aren't.</summary>
    public string? NoBrokerRestart => Emulator is not null
        ? "It restarts the broker, or asks it who is in a group, for which the emulator doesn't stand in: set KAFKA_HOME."
        : null;

    private EventDriven.Hosting.Kafka.KafkaEmulator? Emulator =>
        _builder.Resources.OfType<EventDriven.Hosting.Kafka.KafkaEmulator>().SingleOrDefault();

    /// <summary>State file by which operator commands find the system.</summary>
    public string StateFile => _application.Services.GetRequiredService<DataDirectory>().StatePath;

    /// <summary>Every folder that the application and its servers write to.</summary>
    public IReadOnlyList<string> DataFolders
    {
        get
        {
            // A server that another user runs may have its folder elsewhere, and says so in a file.
            var data = _application.Services.GetRequiredService<DataDirectory>().Path;
            return [data, .. Directory.EnumerateFiles(data, "*.location").Select(file => File.ReadAllText(file).Trim())];
        }
    }

    /// <summary>The secret with which payments are signed.</summary>
    public string WebhookSecret => Secret("payment-webhook");

    /// <summary>The key with which the AppHost signs tokens.</summary>
    public string TokenKey => Secret("token-key");

    /// <summary>A token with every scope.</summary>
    public string Token => new DevelopmentIssuer(TokenKey, TimeProvider.System)
        .Issue(new TokenRequest("tester") { Scopes = Scopes.All, Lifetime = TokenRequest.MaxLifetime });

    /// <summary>What Checkout wraps its customers' keys with.</summary>
    public string MasterKey => _application.Services.GetRequiredService<DataDirectory>()
        .Secret("personal-data-master-key", () => throw new InvalidOperationException("The AppHost made no master key."));

    /// <param name="replicas">Instances of each service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="environment">Further environment variables of every service.</param>
    /// <param name="settings">Further settings of the AppHost; by default nobody but the tests starts a service again.</param>
    public static async Task<SystemUnderTest> StartAsync(
        int replicas,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] settings)
    {
        using var start = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        start.CancelAfter(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.EventDriven_AppHost>(
            [
                $"Replicas={replicas}", .. settings is [] ? ["Servers=processes", "RestartServices=false"] : settings,
                .. settings.Contains(WithControlRoom) ? Array.Empty<string>() : ["ControlRoom=false"],
            ],
            start.Token);

        // What resources write stands in files.
        builder.Services.AddLogging(logging => logging.AddFilter("EventDriven.AppHost.Resources", LogLevel.None));
        var services = builder.Resources.OfType<ProjectResource>().Where(IsService).ToList();
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            services.ForEach(service => builder.CreateResourceBuilder(service).WithEnvironment(variable, value));
        }

        var system = new SystemUnderTest(builder, await builder.BuildAsync(start.Token));
        try
        {
            await system._application.StartAsync(start.Token);
            await Task.WhenAll(services.Select(service => system.HealthyAsync(service.Name, start.Token)));
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of one instance of a service (<c>checkout</c>, <c>checkout-2</c>).</summary>
    public HttpClient Http(string instance) => _clients.GetOrAdd(
        instance,
        name => new HttpClient { BaseAddress = _application.GetEndpoint(name, "http"), Timeout = SystemClient.RequestTimeout }.As(Token));

    /// <summary>Connection string of a server or database, as services get it.</summary>
    public async Task<string> ConnectionStringAsync(string resource) =>
        await _application.GetConnectionStringAsync(resource, TestContext.Current.CancellationToken)
            ?? throw new ArgumentException($"'{resource}' has no connection string.", nameof(resource));

    /// <summary>Creates a topic that nobody has declared.</summary>
    public async Task CreateTopicAsync(TopicDefinition topic) => await NewTopic.CreateAsync(
        Emulator, await ConnectionStringAsync("kafka"), topic.Name, topic.Partitions, TestContext.Current.CancellationToken);

    /// <summary>Connection string of Redis's administrator, who may do what services may not.</summary>
    public async Task<string> RedisAdministratorAsync() =>
        _builder.Resources.OfType<RedisProcess>().SingleOrDefault() is { } redis
            ? (await redis.AdministratorConnectionStringExpression.GetValueAsync(TestContext.Current.CancellationToken))!
            : await ConnectionStringAsync("redis");

    /// <summary>What a resource has written to its console since the application started.</summary>
    public Task<string> OutputAsync(string resource) =>
        LogFile.ReadAsync(_application.Services.GetRequiredService<DataDirectory>(), resource);

    /// <summary>Stops a resource in an orderly way.</summary>
    public async Task StopAsync(string resource)
    {
        using var change = Change();
        await CommandAsync(resource, KnownResourceCommands.StopCommand, change.Token);
        await EndedAsync(resource, change.Token);
    }

    /// <summary>Ends a resource as a crash would.</summary>
    public async Task KillAsync(string resource)
    {
        using var change = Change();
        using (var process = Process.GetProcessById(Pid(resource)))
        {
            process.Kill();
            await process.WaitForExitAsync(change.Token);
        }

        await EndedAsync(resource, change.Token);
    }

    /// <summary>Starts a resource again and waits until it is healthy.</summary>
    public async Task StartAsync(string resource)
    {
        using var change = Change();
        await CommandAsync(resource, KnownResourceCommands.StartCommand, change.Token);
        await HealthyAsync(resource, change.Token);
    }

    /// <summary>Waits until a resource answers.</summary>
    public Task HealthyAsync(string resource, CancellationToken cancellationToken) =>
        _application.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <summary>Runs a command of the dashboard.</summary>
    public Task<ExecuteCommandResult> CommandAsync(
        string resource, string command, CancellationToken cancellationToken, params InteractionInput[] arguments) =>
        _application.ResourceCommands.ExecuteCommandAsync(
            State(resource).ResourceId, command, new InteractionInputCollection(arguments), cancellationToken);

    /// <summary>Does its process run?</summary>
    public bool IsRunning(string resource) => State(resource).Snapshot.State?.Text == KnownResourceStates.Running;

    /// <summary>The environment variables with which the AppHost has started an instance.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string instance) => State(instance).Snapshot.EnvironmentVariables
        .Where(variable => variable is { IsFromSpec: true, Value: not null })
        .ToDictionary(variable => variable.Name, variable => variable.Value!, StringComparer.Ordinal);

    /// <summary>Process id.</summary>
    public int Pid(string resource) => _application.ResourceNotifications.Pid(resource);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await _application.DisposeAsync();

        // The builder owns the AppHost's thread: disposed any earlier, it would take the application along.
        await _builder.DisposeAsync();
    }

    private static bool IsService(ProjectResource project) => project.Annotations.OfType<EndpointAnnotation>().Any();

    private static CancellationTokenSource Change()
    {
        var change = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        change.CancelAfter(ChangeTimeout);
        return change;
    }

    private async Task EndedAsync(string resource, CancellationToken cancellationToken)
    {
        await _application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, cancellationToken);

        // The pools of this process would give a later test a connection that the server has closed.
        NpgsqlConnection.ClearAllPools();
    }

    private string Secret(string name) => _application.Services.GetRequiredService<DataDirectory>()
        .Secret(name, () => throw new InvalidOperationException($"The AppHost made no secret '{name}'."));

    private ResourceEvent State(string resource) =>
        _application.ResourceNotifications.TryGetCurrentState(resource, out var state)
            ? state
            : throw new ArgumentException($"There is no resource '{resource}'.", nameof(resource));
}
