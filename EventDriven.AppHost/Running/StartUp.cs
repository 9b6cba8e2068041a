using EventDriven.Hosting;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.AppHost.Running;

/// <summary>Starts the application and waits until it is ready.</summary>
internal static class StartUp
{
    private const int LinesTold = 20;
    private const int EndsOfOneThatCannotStart = 3;

    /// <summary>Returns when every service is healthy.</summary>
    /// <exception cref="HostingException">A service or its dependency can't start; the message includes its last lines.</exception>
    /// <exception cref="ContainerFailedException">A container can't start, and containers were not requested explicitly.</exception>
    public static async Task RunAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        using var firstFailure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = FailureAsync(application, firstFailure.Token);
        var ready = ReadyAsync(application, firstFailure.Token);
        try
        {
            await await Task.WhenAny(ready, failure);
        }
        finally
        {
            await firstFailure.CancelAsync();
            await Task.WhenAll(ready, failure).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The application's own start returns once all resources have their dependencies, which may never happen.</summary>
    private static async Task ReadyAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        await application.StartAsync(cancellationToken);
        var services = application.Services.GetRequiredService<DistributedApplicationModel>()
            .Resources.Where(resource => resource.IsService());

        // A failed service doesn't end this wait: it may have failed because of a server, which is then the one to report.
        await Task.WhenAll(services.Select(service => application.ResourceNotifications.WaitForResourceHealthyAsync(
            service.Name, WaitBehavior.WaitOnResourceUnavailable, cancellationToken)));
    }

    private static async Task FailureAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        var endsAllowed = application.Services.GetRequiredService<ServerHost>().RestartsServices ? EndsOfOneThatCannotStart : 1;
        var ends = new HashSet<(string Resource, DateTime? At)>();
        await foreach (var change in application.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (HasEndedBadly(change.Snapshot))
            {
                ends.Add((change.ResourceId, change.Snapshot.StopTimeStamp));
            }

            if (HasFailed(change) || ends.Count(end => end.Resource == change.ResourceId) == endsAllowed)
            {
                throw await ExceptionAsync(application, Cause(application) ?? change);
            }
        }
    }

    /// <summary>A service that ended is restarted several times. A server, or a command that the services wait for, is not.</summary>
    private static bool HasFailed(ResourceEvent resource) =>
        resource.Snapshot.State?.Text == KnownResourceStates.FailedToStart
        || IsWrong(resource.Snapshot) is not null
        || (HasEndedBadly(resource.Snapshot) && !resource.Resource.IsService());

    /// <summary>The description of a health check if waiting can't help; otherwise null.</summary>
    private static string? IsWrong(CustomResourceSnapshot snapshot) => snapshot.HealthReports
        .FirstOrDefault(
            report => report.ExceptionText?.StartsWith(typeof(HostingException).FullName!, StringComparison.Ordinal) == true)?.Description;

    private static bool HasEndedBadly(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) && snapshot.ExitCode is { } code && code != 0;

    /// <summary>A resource that waits for a failed one fails too and may be reported first. It comes later in the model.</summary>
    private static ResourceEvent? Cause(DistributedApplication application) =>
        application.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .Select(resource => application.ResourceNotifications.TryGetCurrentState(resource.Name, out var current) ? current : null)
            .FirstOrDefault(current => current is not null && HasFailed(current));

    private static async Task<Exception> ExceptionAsync(DistributedApplication application, ResourceEvent failed)
    {
        if (IsWrong(failed.Snapshot) is { } wrong)
        {
            return new HostingException(wrong);
        }

        var state = failed.Snapshot.State?.Text;
        return failed.Resource is ContainerResource && !application.Services.GetRequiredService<ServerHost>().IsForced
            ? new ContainerFailedException($"The container {failed.Resource.Name} can't be started ({state}).")
            : new HostingException($"'{failed.Resource.Name}' can't be started "
                + $"({state}):{Environment.NewLine}{await LastLinesAsync(application, failed.ResourceId)}");
    }

    private static async Task<string> LastLinesAsync(DistributedApplication application, string resourceId)
    {
        var lines = new List<string>();
        await foreach (var some in application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resourceId))
        {
            lines.AddRange(some.Select(line => "  " + line.Content));
        }

        return string.Join(Environment.NewLine, lines.TakeLast(LinesTold));
    }
}
