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
    /// <summary>Whether the kinds were asked for by name: then each of them has to take effect.</summary>
    public bool AreNamed { get; init; }

    /// <summary>The folder with the former version's programs; null if there is none.</summary>
    public string? Former { get; init; }

    /// <summary>The command that has the same schedule and load.</summary>
    public string Replay() => FormattableString.Invariant(
        $"./chaos.sh --seed {Seed} --seconds {Length.TotalSeconds:0} --rate {PerSecond}")
        + (AreNamed ? $" --faults {string.Join(',', Kinds.Select(kind => kind.Name))}" : "")
        + (Former is null ? "" : $" --former {Former}");
}
