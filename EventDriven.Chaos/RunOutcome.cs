using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos;

/// <summary>What came of a run, as far as it came.</summary>
/// <param name="Verdict">What it has shown.</param>
internal sealed record RunOutcome(Verdict Verdict)
{
    /// <summary>What was asked, and which faults there were; null if it did not come to that.</summary>
    public History? History { get; init; }

    /// <summary>Seconds until the application had recovered; null if it had not.</summary>
    public double? Recovery { get; init; }

    /// <summary>Anomalies; null if nothing could be checked.</summary>
    public int? Anomalies { get; init; }

    /// <summary>Kinds of faults that nobody noticed.</summary>
    public IReadOnlyList<string> Idle { get; init; } = [];

    /// <summary>Orders that were acknowledged.</summary>
    public static int Orders(History history) =>
        history.Operations.Count(operation => operation is { Kind: OperationKind.Place, Outcome: Outcome.Ok });
}
