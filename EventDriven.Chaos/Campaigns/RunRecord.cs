namespace EventDriven.Chaos.Campaigns;

/// <summary>A run, as the list of runs has it.</summary>
/// <param name="Began">When it began.</param>
/// <param name="Commit">What was run, by its commit.</param>
/// <param name="Seed">The schedule's seed.</param>
/// <param name="Seconds">How long load and faults lasted.</param>
/// <param name="ExitCode">The program's exit code for it.</param>
internal sealed record RunRecord(DateTimeOffset Began, string Commit, int Seed, double Seconds, int ExitCode)
{
    private const int Interrupted = 130;

    /// <summary>How many brokers Kafka had.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>Faults that were planned and begun.</summary>
    public int Faults { get; init; }

    /// <summary>Requests, and what else was asked.</summary>
    public int Operations { get; init; }

    /// <summary>Orders that were acknowledged.</summary>
    public int Orders { get; init; }

    /// <summary>
    /// Seconds until the application had recovered; <see cref="double.PositiveInfinity"/> if it never had, null if it did not come to that.
    /// </summary>
    public double? Recovery { get; init; }

    /// <summary>Anomalies; null if nothing could be checked.</summary>
    public int? Anomalies { get; init; }

    /// <summary>Kinds of faults that nobody noticed.</summary>
    public IReadOnlyList<string> Idle { get; init; } = [];

    /// <summary>How many faults of each kind took effect.</summary>
    public IReadOnlyDictionary<string, int> Effects { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Kinds that took effect and lasted at the same time.</summary>
    public IReadOnlySet<KindPair> Pairs { get; init; } = new HashSet<KindPair>();

    /// <summary>Whether nothing was found.</summary>
    public bool IsSound => ExitCode == 0;

    /// <summary>Whether whoever started it stopped it: then it shows nothing.</summary>
    public bool IsStopped => ExitCode == Interrupted;
}
