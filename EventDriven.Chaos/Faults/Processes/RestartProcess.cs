using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Processes;

/// <summary>An orderly restart, with a while between stop and start.</summary>
internal sealed class RestartProcess(RunningSystem system, string resource) : IFault
{
    private int? _former;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _former = system.Processes.Pid(resource);
        if (_former is not null)
        {
            await system.Processes.StopAsync(resource, cancellationToken);
        }
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_former is not { } former)
        {
            return new FaultEffect(false, "It was not running.");
        }

        // It may have taken longer to stop than its beginning waited.
        await system.Processes.EndedAsync(resource, cancellationToken);
        var next = await system.Processes.StartUntilHealthyAsync(resource, former, cancellationToken);
        return new FaultEffect(!ProcessSignal.Exists(former), $"process {former} stopped, {next} took its place");
    }
}
