using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Campaigns;

/// <summary>What several runs have shown together.</summary>
internal sealed class Coverage
{
    private readonly ILookup<string, RunRecord> _byKind;
    private readonly Dictionary<KindPair, int> _pairs;

    /// <param name="runs">The runs. Those that were stopped don't count.</param>
    /// <param name="kinds">The kinds of faults that should have taken effect.</param>
    public Coverage(IEnumerable<RunRecord> runs, IReadOnlyList<FaultKind> kinds)
    {
        Runs = [.. runs.Where(run => !run.IsStopped)];
        Kinds = [.. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal)];
        _byKind = Runs.SelectMany(run => run.Effects.Keys, (run, kind) => (run, kind))
            .ToLookup(effect => effect.kind, effect => effect.run, StringComparer.Ordinal);
        _pairs = Runs.SelectMany(run => run.Pairs).CountBy(pair => pair).ToDictionary();
        Missing = [.. KindPair.That(Kinds).Where(pair => !_pairs.ContainsKey(pair))];
        Idle = [.. Kinds.Select(kind => kind.Name).Where(kind => !_byKind.Contains(kind))];
    }

    /// <summary>The runs that count.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>The kinds of faults that should have taken effect, by name.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; }

    /// <summary>Kinds that never took effect.</summary>
    public IReadOnlyList<string> Idle { get; }

    /// <summary>Pairs of kinds that could have overlapped and never did.</summary>
    public IReadOnlyList<KindPair> Missing { get; }

    /// <summary>Anomalies of all runs.</summary>
    public int Anomalies => Runs.Sum(run => run.Anomalies ?? 0);

    /// <summary>The longest time until a run had recovered, in seconds; infinite if one never had, null if none came to that.</summary>
    public double? WorstRecovery => Runs.Max(run => run.Recovery);

    /// <summary>How many faults of a kind took effect.</summary>
    public int Effects(string kind) => _byKind[kind].Sum(run => run.Effects[kind]);

    /// <summary>In how many runs a kind took effect.</summary>
    public int RunsWith(string kind) => _byKind[kind].Count();

    /// <summary>In how many runs two kinds overlapped.</summary>
    public int RunsWith(KindPair pair) => _pairs.GetValueOrDefault(pair);
}
