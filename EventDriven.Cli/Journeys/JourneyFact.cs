namespace EventDriven.Cli.Journeys;

/// <summary>An event, and what each group did with it.</summary>
internal sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups)
{
    /// <summary>The groups that handle such events, but have sent no receipt for this one.</summary>
    public IReadOnlyList<SilentGroup> NotTold { get; init; } = [];
}
