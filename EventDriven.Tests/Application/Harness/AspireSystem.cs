#if ASPIRE
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Application.Harness;

/// <summary>The application under Aspire: servers as containers that keep nothing, services as processes.</summary>
internal sealed class AspireSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication application) : ISystem
{
    // Images may have to be pulled first.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public string? NoBrokerRestart => "Under Aspire a stopped container starts anew, without its log.";

    public string? StateFile => null;

    public static async Task<ISystem> StartAsync(
        int replicas, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        using var start = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        start.CancelAfter(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.EventDriven_AppHost>(
            [$"Replicas={replicas}", "ASPIRE_DEVELOPER_CERTIFICATE_DEFAULT_HTTPS_TERMINATION=false"], start.Token);
        var services = builder.Resources.OfType<ProjectResource>().Where(IsService).ToList();
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            services.ForEach(service => builder.CreateResourceBuilder(service).WithEnvironment(variable, value));
        }

        var system = new AspireSystem(builder, await builder.BuildAsync(start.Token));
        try
        {
            await system.StartAsync(services, start.Token);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public HttpClient Http(string instance) => _clients.GetOrAdd(
        instance, name => new HttpClient { BaseAddress = application.GetEndpoint(name, "http"), Timeout = SystemClient.RequestTimeout });

    public async Task<string> ConnectionStringAsync(string resource) =>
        await application.GetConnectionStringAsync(resource, TestContext.Current.CancellationToken)
            ?? throw new ArgumentException($"'{resource}' has no connection string.", nameof(resource));

    /// <summary>What a resource has written to its console since it started.</summary>
    public async Task<string> OutputAsync(string resource)
    {
        var lines = new List<string>();
        var output = application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(State(resource).ResourceId);
        await foreach (var some in output.WithCancellation(TestContext.Current.CancellationToken))
        {
            lines.AddRange(some.Select(line => line.Content));
        }

        return string.Join('\n', lines);
    }

    public async Task StopAsync(string resource)
    {
        using var change = Change();
        await CommandAsync(resource, KnownResourceCommands.StopCommand, change.Token);
        await application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, change.Token);
    }

    public async Task KillAsync(string resource)
    {
        using var change = Change();

        // The process that Aspire knows is "dotnet run"; the service is its child.
        using (var process = Process.GetProcessById(Pid(resource)))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(change.Token);
        }

        await application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, change.Token);
    }

    public async Task StartAsync(string resource)
    {
        using var change = Change();
        await CommandAsync(resource, KnownResourceCommands.StartCommand, change.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, change.Token);

        // What Aspire knows of its health may be from before it was stopped.
        await Eventually.TrueAsync(() => AnswersAsync(Http(resource), change.Token), ChangeTimeout, $"{resource} is healthy");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await application.DisposeAsync();

        // The builder owns the AppHost's thread: disposed any earlier, it would take the application along.
        await builder.DisposeAsync();
    }

    private static bool IsService(ProjectResource project) => project.Annotations.OfType<EndpointAnnotation>().Any();

    private static CancellationTokenSource Change()
    {
        var change = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        change.CancelAfter(ChangeTimeout);
        return change;
    }

    private static async Task<bool> AnswersAsync(HttpClient service, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await service.GetAsync("/health", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task StartAsync(List<ProjectResource> services, CancellationToken cancellationToken)
    {
        await application.StartAsync(cancellationToken);
        foreach (var service in services)
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(
                service.Name, WaitBehavior.StopOnResourceUnavailable, cancellationToken);
        }
    }

    private async Task CommandAsync(string resource, string command, CancellationToken cancellationToken)
    {
        var result = await application.ResourceCommands.ExecuteCommandAsync(State(resource).ResourceId, command, cancellationToken);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
    }

    private int Pid(string resource) => int.Parse(
        State(resource).Snapshot.Properties.Single(property => property.Name == "executable.pid").Value?.ToString() ?? "",
        CultureInfo.InvariantCulture);

    private ResourceEvent State(string resource) =>
        application.ResourceNotifications.TryGetCurrentState(resource, out var state)
            ? state
            : throw new ArgumentException($"There is no resource '{resource}'.", nameof(resource));
}
#endif
