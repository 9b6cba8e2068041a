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

    public static ContestantSpec Ours(string benchmark) => new(OursName, $"{benchmark}/{OursName}", Here);

    public static ContestantSpec Twin(string benchmark) => new(TwinName, $"{benchmark}/{TwinName}", Here);

    /// <summary>The peer's program stands beside this one, in its own output folder.</summary>
    public static ContestantSpec Peer(string benchmark) => new(
        PeerName,
        $"{benchmark}/{PeerName}",
        Here.Replace("EventDriven.Benchmarks", "EventDriven.Benchmarks.Peer", StringComparison.Ordinal));
}
