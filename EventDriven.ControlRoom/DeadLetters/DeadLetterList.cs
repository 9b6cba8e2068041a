namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>What the page with the list shows.</summary>
/// <param name="Choice">What was asked for, and the group that is shown.</param>
/// <param name="Overview">How many there are.</param>
/// <param name="Rows">A page of them.</param>
/// <param name="Now">When it was read, UTC.</param>
public sealed record DeadLetterList(
    DeadLetterChoice Choice, DeadLetterOverview Overview, IReadOnlyList<DeadLetterRow> Rows, DateTimeOffset Now)
{
    /// <summary>Address of the next page; null when this is the last one.</summary>
    public string? Next { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>What the operator must see; null for nothing.</summary>
    public string? Warning { get; init; }
}
