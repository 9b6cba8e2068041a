using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos;

/// <summary>What a run is to be like.</summary>
/// <param name="Seed">Decides which faults happen when, to what.</param>
/// <param name="Length">How long the load and the faults last.</param>
/// <param name="Kinds">The kinds of faults.</param>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="KeepsData">Whether the servers' data is kept.</param>
internal sealed record ChaosOptions(int Seed, TimeSpan Length, IReadOnlyList<FaultKind> Kinds, int PerSecond, bool KeepsData)
{
    /// <summary>The command that has the same schedule.</summary>
    public string Replay(IReadOnlyList<FaultKind> all) => FormattableString.Invariant(
        $"./chaos.sh --seed {Seed} --seconds {Length.TotalSeconds:0}")
        + (Kinds.Count == all.Count ? "" : $" --faults {string.Join(',', Kinds.Select(kind => kind.Name))}");
}
