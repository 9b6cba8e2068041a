namespace EventDriven.Cli.Journeys;

/// <summary>A fact, and what each group did with it.</summary>
internal sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups)
{
    /// <summary>The groups that handle such facts, and have told nothing of this one.</summary>
    public IReadOnlyList<SilentGroup> NotTold { get; init; } = [];
}
