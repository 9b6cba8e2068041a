using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults;

/// <summary>A process stands still (SIGSTOP) and goes on later as if nothing had happened (SIGCONT).</summary>
internal sealed class PauseProcess(RunningSystem system, string resource) : IFault
{
    private int? _pid;

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        _pid = system.Pid(resource) is { } pid && ProcessSignal.Pause(pid) ? pid : null;
        return Task.CompletedTask;
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_pid is not { } pid)
        {
            return Task.FromResult(new FaultEffect(false, "It was not running."));
        }

        var stood = ProcessSignal.IsPaused(pid);
        ProcessSignal.Resume(pid);
        return Task.FromResult(new FaultEffect(stood, stood ? $"process {pid} stood still" : $"process {pid} did not stand still"));
    }
}
