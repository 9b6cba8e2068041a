using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Hosting.Running;

/// <summary>
/// Stops the services first, then the servers that they use. Aspire would send SIGTERM to all of them at once and SIGKILL six seconds
/// later, so a service would have to finish its work without its database.
/// </summary>
internal sealed class OrderlyStop(
    DistributedApplicationModel model, ResourceCommandService commands, ResourceNotificationService notifications)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before Aspire's own stop, because it is registered later. Aspire then ends whatever is still running.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StopAsync(model.Resources.OfType<ProjectResource>(), cancellationToken);
        await StopAsync(model.Resources.OfType<ServerProcess>(), cancellationToken);
    }

    private Task<ExecuteCommandResult[]> StopAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken) => Task.WhenAll(
        from resource in resources
        where notifications.TryGetCurrentState(resource.Name, out var state) && state.Snapshot.State?.Text == KnownResourceStates.Running
        select commands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, cancellationToken));
}
