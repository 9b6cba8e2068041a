using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>Replaces one instance of a service by another version of it.</summary>
internal static class Deployment
{
    // A step that has begun is finished, also when the fault is over meanwhile: nobody could tell where it stands.
    private static readonly TimeSpan StepBound = TimeSpan.FromMinutes(1);

    /// <summary>Stops an instance, does what makes it another version, and starts it until it is healthy.</summary>
    /// <exception cref="OperationCanceledException">It is not healthy within a minute.</exception>
    public static async Task ReplaceAsync(RunningSystem system, string instance, Action replace)
    {
        using var bound = new CancellationTokenSource(StepBound);
        var former = system.Processes.Pid(instance);
        if (former is not null)
        {
            await system.Processes.StopAsync(instance, bound.Token);
        }

        replace();
        await system.Processes.StartUntilHealthyAsync(instance, former ?? 0, bound.Token);
    }
}
