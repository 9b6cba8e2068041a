using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults;

/// <summary>What faults happen to.</summary>
/// <param name="Seed">The schedule's seed.</param>
/// <param name="System">The application.</param>
/// <param name="Operations">Where a fault that asks something of the application notes it.</param>
internal sealed record FaultStage(int Seed, RunningSystem System, OperationLog Operations)
{
    /// <summary>The former version of the services; null if none was given.</summary>
    public FormerVersion? Former { get; init; }
}
