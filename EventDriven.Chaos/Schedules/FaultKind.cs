namespace EventDriven.Chaos.Schedules;

/// <summary>A kind of fault, as far as a schedule needs to know it.</summary>
/// <param name="Name">Its name on the command line, such as <c>kill-service</c>.</param>
/// <param name="What">What it does, for <c>--list</c>.</param>
/// <param name="Claims">What it holds while it lasts: no two faults hold the same of one target at once.</param>
/// <param name="Targets">What it can happen to.</param>
/// <param name="Shortest">Shortest duration.</param>
/// <param name="Longest">Longest duration; a short run has shorter ones.</param>
internal sealed record FaultKind(
    string Name, string What, string Claims, IReadOnlyList<string> Targets, TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>Draws what else a fault of this kind needs to know.</summary>
    public Func<Random, IReadOnlyDictionary<string, string>> Parameters { get; init; } =
        _ => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What else it holds while it lasts, by its target.</summary>
    public Func<string, IEnumerable<string>> AlsoHolds { get; init; } = _ => [];

    /// <summary>The same kind for a cluster of so many brokers: what can happen to the broker can happen to each.</summary>
    public FaultKind With(int brokers) =>
        this with { Targets = [.. Targets.SelectMany(target => Topology.OnEachBroker(target, brokers))] };

    /// <summary>What two faults must not hold at once, when it happens to a target.</summary>
    public string Claim(string target) => $"{Claims} {target}";

    /// <summary>Everything that it holds of a target, of which two faults must not hold the same at once.</summary>
    public IReadOnlyList<string> Held(string target) => [Claim(target), .. AlsoHolds(target)];

    /// <summary>
    /// Whether a fault of this kind and one of another can last at the same time: they need not hold the same, and don't both happen in a
    /// moment.
    /// </summary>
    public bool CanOverlap(FaultKind other) => (Longest > TimeSpan.Zero || other.Longest > TimeSpan.Zero)
        && Targets.Any(target => other.Targets.Any(another => !Held(target).Intersect(other.Held(another)).Any()));
}
