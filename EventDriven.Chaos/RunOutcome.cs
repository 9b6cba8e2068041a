using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos;

/// <summary>What came of a run, as far as it came.</summary>
/// <param name="Verdict">What it has shown.</param>
internal sealed record RunOutcome(Verdict Verdict)
{
    private const string NotRecovered = "not recovered";
    private const string NoOrder = "no order";

    /// <summary>What was asked, and which faults there were; null if it did not come to that.</summary>
    public History? History { get; init; }

    /// <summary>Seconds until the application had recovered; null if it had not.</summary>
    public double? Recovery { get; init; }

    /// <summary>Anomalies; null if nothing could be checked.</summary>
    public int? Anomalies { get; init; }

    /// <summary>The rules that found them.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Kinds of faults that nobody noticed.</summary>
    public IReadOnlyList<string> Idle { get; init; } = [];

    /// <summary>
    /// By what it failed, apart from faults that nobody noticed: another run that fails by one of these has failed alike. In a run that has
    /// not recovered, rules find what was still under way.
    /// </summary>
    public IReadOnlyList<string> Signs => History is null ? []
        : Recovery is null ? [NotRecovered]
        : Orders(History) == 0 ? [NoOrder, .. Rules]
        : Rules;

    /// <summary>As the lists of runs have it; null if there was no run.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>Its line in a list of runs.</summary>
    /// <param name="began">When the run began.</param>
    /// <param name="commit">What was run, by its commit.</param>
    /// <param name="options">What the run was to be like.</param>
    public RunRecord ToRecord(DateTimeOffset began, string commit, ChaosOptions options) =>
        new(began, commit, options.Seed, options.Length.TotalSeconds, Verdict.ExitCode)
        {
            Brokers = options.Brokers,
            Faults = History?.Faults.Count ?? 0,
            Operations = History?.Operations.Count ?? 0,
            Orders = History is null ? 0 : Orders(History),
            Recovery = History is null ? null : Recovery ?? double.PositiveInfinity,
            Anomalies = Anomalies,
            Idle = Idle,
            Effects = (History?.Faults ?? []).Where(fault => fault.TookEffect).CountBy(fault => fault.Fault.Kind)
                .ToDictionary(StringComparer.Ordinal),
            Pairs = KindPair.Overlapped(History?.Faults ?? []),
        };

    /// <summary>Orders that were acknowledged.</summary>
    public static int Orders(History history) =>
        history.Operations.Count(operation => operation is { Kind: OperationKind.Place, Outcome: Outcome.Ok });
}
