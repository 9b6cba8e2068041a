namespace EventDriven.Chaos.Scenarios;

/// <summary>What a rolling update has shown.</summary>
/// <param name="Requests">Requests of clients, reading included.</param>
/// <param name="Orders">Orders that were acknowledged.</param>
/// <param name="Lost">Requests that no instance has answered, or with an error of its own, and instances that did not end in time.</param>
/// <param name="Failures">Requests that failed for whatever reason, also because the machine has too much to do.</param>
/// <param name="Anomalies">What the rules have found.</param>
/// <param name="Sent">Requests that each instance was sent, by its name.</param>
internal sealed record RollingUpdateResult(
    int Requests,
    int Orders,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Failures,
    IReadOnlyList<string> Anomalies,
    IReadOnlyDictionary<string, int> Sent);
