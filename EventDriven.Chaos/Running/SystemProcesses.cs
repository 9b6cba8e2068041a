using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Chaos.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Chaos.Running;

/// <summary>The processes behind the resources of an application: they are stopped, started and waited for.</summary>
internal sealed class SystemProcesses(DistributedApplication application)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

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

    /// <summary>Waits until the process behind a resource has ended, as the AppHost sees it.</summary>
    public Task EndedAsync(string resource, CancellationToken cancellationToken) =>
        application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, cancellationToken);

    /// <summary>Waits until another process than this one runs behind a resource, and returns its id.</summary>
    public async Task<int> ReplacedAsync(string resource, int former, CancellationToken cancellationToken)
    {
        var next = former;
        await application.ResourceNotifications.WaitForResourceAsync(
            resource,
            changed =>
            {
                next = Pid(changed.Snapshot) ?? former;
                return next != former;
            },
            cancellationToken);
        return next;
    }

    /// <summary>What the AppHost knows of a resource.</summary>
    public ResourceEvent State(string resource) =>
        application.ResourceNotifications.TryGetCurrentState(resource, out var state)
            ? state
            : throw new ArgumentException($"There is no resource '{resource}'.", nameof(resource));

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
        var done = await application.ResourceCommands.ExecuteCommandAsync(State(resource).ResourceId, command, cancellationToken);
        return done.Success ? null : done.Message ?? "no reason was given";
    }

    private bool HasEnded(string resource) =>
        State(resource).Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    // What the AppHost knows of its health may be from before it ended.
    private async Task<bool> IsHealthyAsync(string resource, CancellationToken cancellationToken)
    {
        var checks = application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == resource)
            .Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        var report = await application.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => checks.Contains(check.Name), cancellationToken);
        return report.Status != HealthStatus.Unhealthy;
    }
}
