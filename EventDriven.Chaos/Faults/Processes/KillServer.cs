using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Processes;

/// <summary>A server crashes, and is started again after a while.</summary>
/// <param name="system">The application.</param>
/// <param name="server">The server.</param>
/// <param name="kill">Ends it, given the id of its process; false if there is nothing to end.</param>
internal sealed class KillServer(RunningSystem system, string server, Func<int, bool> kill) : IFault
{
    private int? _killed;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _killed = system.Processes.Pid(server) is { } pid && kill(pid) ? pid : null;
        if (_killed is not null)
        {
            await system.Processes.EndedAsync(server, cancellationToken);
        }
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_killed is not { } killed)
        {
            return new FaultEffect(false, "It was not running.");
        }

        await system.Processes.EndedAsync(server, cancellationToken);
        var next = await system.Processes.StartUntilHealthyAsync(server, killed, cancellationToken);
        return new FaultEffect(!ProcessSignal.Exists(killed), $"process {killed} ended, {next} took its place");
    }
}
