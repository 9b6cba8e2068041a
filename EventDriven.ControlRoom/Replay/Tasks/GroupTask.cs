using EventDriven.ControlRoom.Replay.Rehearsal;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Replay.Tasks;

/// <summary>A rehearsal, a replay or a rebuild, and how far it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Group">The group with which it is done. There is one task at a time for each.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Begun">When it began, UTC.</param>
public sealed record GroupTask(Guid Id, GroupTaskKind Kind, string Group, string By, DateTimeOffset Begun)
{
    private const int MostNotes = 20;

    /// <summary>The command line that does the same.</summary>
    public string Command { get; init; } = "";

    /// <summary>Why it is done; null for a rehearsal, which changes nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>How far it is.</summary>
    public GroupTaskState State { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What it is doing.</summary>
    public string Phase { get; init; } = "starting";

    /// <summary>Events read.</summary>
    public long Read { get; init; }

    /// <summary>Events to read; 0 while that is unknown.</summary>
    public long Total { get; init; }

    /// <summary>Events/s since it began; null while that is unknown.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Seconds left at this rate; null while that is unknown.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>What it had to say on its way, oldest first.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What a rehearsal has found.</summary>
    public RehearsalDiff? Rehearsed { get; init; }

    /// <summary>What a rebuild has made.</summary>
    public RebuildResult? Rebuilt { get; init; }

    /// <summary>How much is read, from 0 to 1; null while that is unknown.</summary>
    public double? Share => Total > 0 ? Math.Clamp((double)Read / Total, 0, 1) : null;

    /// <summary>The task with another note. It keeps the newest.</summary>
    public GroupTask With(string note) => this with { Notes = [.. Notes.Append(note).TakeLast(MostNotes)] };

    /// <summary>The task after it has read so many events.</summary>
    /// <param name="read">Events read.</param>
    /// <param name="elapsed">Time since it began to read.</param>
    public GroupTask At(long read, TimeSpan elapsed)
    {
        double? rate = read > 0 && elapsed > TimeSpan.Zero ? read / elapsed.TotalSeconds : null;
        return this with
        {
            Phase = "reading again",
            Read = read,
            PerSecond = rate,
            SecondsLeft = rate is { } known && Total > read ? (Total - read) / known : null,
        };
    }

    /// <summary>The task after a line of the service's program.</summary>
    public GroupTask At(TaskProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return this with
        {
            Phase = progress.Phase,
            Read = progress.Done,
            Total = progress.Total,
            PerSecond = progress.EventsPerSecond,
            SecondsLeft = progress.Done < progress.Total ? progress.SecondsLeft : null,
        };
    }
}
