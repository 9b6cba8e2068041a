using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Processes;

/// <summary>Ends an instance as a crash would (SIGKILL); the AppHost starts it again.</summary>
internal sealed class KillService(RunningSystem system, string instance) : IFault
{
    private int? _killed;

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        _killed = system.Processes.Pid(instance) is { } pid && ProcessSignal.Kill(pid) ? pid : null;
        return Task.CompletedTask;
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_killed is not { } killed)
        {
            return new FaultEffect(false, "It was not running.");
        }

        var next = await system.Processes.ReplacedAsync(instance, killed, cancellationToken);
        return new FaultEffect(!ProcessSignal.Exists(killed), $"process {killed} ended, {next} took its place");
    }
}
