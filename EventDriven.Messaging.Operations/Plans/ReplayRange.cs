using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>What of the log a replay or a rehearsal reads again.</summary>
/// <param name="From">Where it begins.</param>
public sealed record ReplayRange(LogPosition From)
{
    /// <summary>Where it ends; null for the group's position (a replay) or the end of the log (a rehearsal).</summary>
    public LogPosition? Until { get; init; }

    /// <summary>The only topic; null for all topics of the group.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// Replay: also events that the inbox no longer remembers, whose effects may happen again. Rehearsal: also events that it remembers.
    /// </summary>
    public bool AllowEffects { get; init; }

    /// <summary>The options by which a command selects the same.</summary>
    internal IEnumerable<string> Options =>
    [
        "--from", $"{From}",
        .. Until is null ? [] : (string[])["--until", $"{Until}"],
        .. Topic is null ? [] : (string[])["--topic", Topic],
        .. AllowEffects ? ["--allow-effects"] : Array.Empty<string>(),
    ];
}
