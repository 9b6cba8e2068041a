using EventDriven.Messaging.Operations.DeadLetters.Progress;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>What the page with the list shows.</summary>
/// <param name="Choice">What was asked for, and the group that is shown.</param>
/// <param name="Overview">How many there are.</param>
/// <param name="Rows">A page of them.</param>
/// <param name="Now">When it was read, UTC.</param>
public sealed record DeadLetterList(
    DeadLetterChoice Choice, DeadLetterOverview Overview, IReadOnlyList<DeadLetterRow> Rows, DateTimeOffset Now)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>The redrives of the group that go on, or were begun within the last hour.</summary>
    public IReadOnlyList<RedriveProgress> Redrives =>
    [
        .. Overview.Redrives.Where(redrive => (Choice.Group is null || Choice.Group == redrive.Group)
            && (redrive.Pending > 0 || Now - redrive.Begun < Lately)),
    ];

    /// <summary>Address of the next page; null when this is the last one.</summary>
    public string? Next { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>What the operator must see; null for nothing.</summary>
    public string? Warning { get; init; }
}
