using EventDriven.Chaos.Deployments;
using EventDriven.Chaos.Histories;
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
    /// <summary>
    /// Whether instances have names of their own in their groups (static membership), so that half of all seeds run with it.
    /// </summary>
    public bool KeepsNames => Seed % 2 == 0;

    /// <summary>How many brokers Kafka has: 1, or 3 that replicate.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>The deployment that is put under load; null for an application that the rig starts.</summary>
    public DeploymentFile? Deployment { get; init; }

    /// <summary>Whether the kinds were asked for by name: then each of them has to take effect.</summary>
    public bool AreNamed { get; init; }

    /// <summary>The folder with the former version's programs; null if there is none.</summary>
    public string? Former { get; init; }

    /// <summary>The file to which the run is added, besides the list of all runs; null for none.</summary>
    public string? Results { get; init; }

    /// <summary>The faults of the schedule that are to happen, by their numbers; null for all.</summary>
    public IReadOnlyList<int>? Only { get; init; }

    /// <summary>Mean time between faults, of which there is one at a time; null for faults that overlap.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>How often each kind happens while its recovery is measured; null for a schedule in time.</summary>
    public int? Repeats { get; init; }

    /// <summary>The faults.</summary>
    public IReadOnlyList<PlannedFault> Schedule()
    {
        var all = Repeats is { } times ? Schedules.Schedule.OneByOne(Seed, Kinds, times)
            : Every is { } every ? Schedules.Schedule.Spaced(Seed, Length, Kinds, every)
            : Schedules.Schedule.Of(Seed, Length, Kinds);
        return Only is null ? all : [.. all.Where(fault => Only.Contains(fault.Number))];
    }

    /// <summary>The command that has the same schedule and load.</summary>
    public string Replay() => FormattableString.Invariant($"./chaos.sh --seed {Seed}")
        + (Repeats is { } times
            ? FormattableString.Invariant($" --recovery --repeat {times}")
            : FormattableString.Invariant($" --seconds {Length.TotalSeconds:0}"))
        + FormattableString.Invariant($" --rate {PerSecond}")
        + (Deployment is null ? "" : $" --deployment {Deployment.Path}")
        + (Brokers == 1 ? "" : FormattableString.Invariant($" --brokers {Brokers}"))
        + (Every is { } every ? FormattableString.Invariant($" --every {every.TotalSeconds:0}") : "")
        + (AreNamed ? $" --faults {string.Join(',', Kinds.Select(kind => kind.Name))}" : "")
        + (Former is null ? "" : $" --former {Former}")
        + (Only is null ? "" : $" --only {string.Join(',', Only)}");
}
