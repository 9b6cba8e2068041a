namespace EventDriven.Benchmarks.Harness;

/// <summary>A contestant of a benchmark.</summary>
/// <param name="Name">ours, twin or peer.</param>
/// <param name="Contestant">Which one of the program's contestants.</param>
/// <param name="Program">Path of its assembly.</param>
/// <param name="Events">How much work it does; null when as much as the others.</param>
internal sealed record ContestantSpec(string Name, string Contestant, string Program, int? Events = null)
{
    public const string OursName = "ours";
    public const string TwinName = "twin";
    public const string PeerName = "peer";

    private static readonly string Here = typeof(ContestantSpec).Assembly.Location;

    /// <summary>
    /// The part of the events that it does, when it is slower than the others and its rate doesn't need all of them: 0 to 1. Events/s of
    /// contestants with different shares can be compared as long as a run stays much longer than its beginning and its end.
    /// </summary>
    public double Share { get; init; } = 1;

    public static ContestantSpec Ours(string benchmark) => new(OursName, $"{benchmark}/{OursName}", Here);

    public static ContestantSpec Twin(string benchmark) => new(TwinName, $"{benchmark}/{TwinName}", Here);

    /// <summary>The peer's program stands beside this one, in its own output folder.</summary>
    public static ContestantSpec Peer(string benchmark, double share = 1) => new(
        PeerName,
        $"{benchmark}/{PeerName}",
        Here.Replace("EventDriven.Benchmarks", "EventDriven.Benchmarks.Peer", StringComparison.Ordinal))
    {
        Share = share,
    };
}
