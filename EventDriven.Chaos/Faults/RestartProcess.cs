using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults;

/// <summary>An orderly restart, with a while between stop and start.</summary>
internal sealed class RestartProcess(RunningSystem system, string resource) : IFault
{
    private int? _former;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _former = system.Pid(resource);
        if (_former is not null)
        {
            await system.StopAsync(resource, cancellationToken);
        }
    }

    public async Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_former is not { } former)
        {
            return new FaultEffect(false, "It was not running.");
        }

        await system.StartAgainAsync(resource, cancellationToken);
        return new FaultEffect(system.Pid(resource) != former, $"process {former} stopped, {system.Pid(resource)} took its place");
    }
}
