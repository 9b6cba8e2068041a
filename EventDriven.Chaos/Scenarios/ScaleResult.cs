namespace EventDriven.Chaos.Scenarios;

/// <summary>What scaling out and in has shown.</summary>
/// <param name="Orders">Orders that were acknowledged.</param>
/// <param name="Members">Members of each group while there were most.</param>
/// <param name="Handled">Events that each added instance had handled then, by its name.</param>
/// <param name="Anomalies">What the rules have found.</param>
internal sealed record ScaleResult(
    int Orders,
    IReadOnlyDictionary<string, int> Members,
    IReadOnlyDictionary<string, long> Handled,
    IReadOnlyList<string> Anomalies)
{
    /// <summary>Requests that failed, and instances that did not end in time.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}
