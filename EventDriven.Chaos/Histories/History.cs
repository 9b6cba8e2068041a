namespace EventDriven.Chaos.Histories;

/// <summary>What was asked of a system during a run, and which faults it had.</summary>
/// <param name="Seed">The schedule's seed.</param>
/// <param name="Began">When the load began.</param>
/// <param name="FaultsEnded">When the last fault was over.</param>
/// <param name="Operations">Every request, in the order of <see cref="Operation.Number"/>.</param>
/// <param name="Faults">Every fault, in the order in which they were planned.</param>
internal sealed record History(
    int Seed, DateTimeOffset Began, DateTimeOffset FaultsEnded, IReadOnlyList<Operation> Operations, IReadOnlyList<FaultReport> Faults);
