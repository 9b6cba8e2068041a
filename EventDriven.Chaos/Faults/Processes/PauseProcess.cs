using System.Globalization;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Processes;

/// <summary>A process stands still (SIGSTOP) and goes on later as if nothing had happened (SIGCONT).</summary>
/// <param name="system">The application.</param>
/// <param name="resource">Whose process.</param>
/// <param name="duration">How long; it took effect only if it stood still all the time.</param>
internal sealed class PauseProcess(RunningSystem system, string resource, TimeSpan duration) : IFault
{
    // The signal is sent at once and seen by the process's threads a moment later.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    // Timers are some milliseconds early.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    private int? _pid;
    private long? _stopped;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _pid = system.Processes.Pid(resource) is { } pid && ProcessSignal.Pause(pid) ? pid : null;
        if (_pid is not { } paused)
        {
            return;
        }

        while (!ProcessSignal.IsPaused(paused) && ProcessSignal.Exists(paused))
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        _stopped = TimeProvider.System.GetTimestamp();
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        if (_pid is not { } pid)
        {
            return Task.FromResult(new FaultEffect(false, "It was not running."));
        }

        var stands = ProcessSignal.IsPaused(pid);
        ProcessSignal.Resume(pid);
        var stood = _stopped is { } stopped ? TimeProvider.System.GetElapsedTime(stopped) : TimeSpan.Zero;
        return Task.FromResult(new FaultEffect(
            stands && stood >= duration - Tolerance,
            string.Create(
                CultureInfo.InvariantCulture,
                $"process {pid} {(stands ? "stood still for" : "stands still no more after")} {stood.TotalSeconds:0.0} s")));
    }
}
