using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Replay;

/// <summary>What an operator has filled in, as it was written.</summary>
/// <param name="Group">The group.</param>
public sealed record ReplayInput(string? Group)
{
    /// <summary>Where to begin; see <see cref="LogPosition.Forms"/>.</summary>
    public string? From { get; init; }

    /// <summary>Where to end; empty for the group's position.</summary>
    public string? Until { get; init; }

    /// <summary>The only topic; empty for all.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether events count that the inbox no longer remembers.</summary>
    public bool AllowEffects { get; init; }

    /// <summary>The range; null when nothing is filled in.</summary>
    /// <param name="now">The time from which "ago" counts.</param>
    /// <exception cref="OperationFailedException">A position can't be read.</exception>
    public ReplayRange? Range(DateTimeOffset now) => string.IsNullOrWhiteSpace(From)
        ? null
        : new ReplayRange(Position("From", From, now)!)
        {
            Until = Position("Until", Until, now),
            Topic = string.IsNullOrWhiteSpace(Topic) ? null : Topic.Trim(),
            AllowEffects = AllowEffects,
        };

    private static LogPosition? Position(string field, string? text, DateTimeOffset now) => string.IsNullOrWhiteSpace(text) ? null
        : LogPosition.TryParse(text.Trim(), now, out var position) ? position
        : throw new OperationFailedException($"{field} takes {LogPosition.Forms}, not '{text.Trim()}'.", ExitCode.Usage);
}
