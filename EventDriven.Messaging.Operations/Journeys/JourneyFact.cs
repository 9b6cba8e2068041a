namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>An event, and what each group did with it.</summary>
public sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups)
{
    /// <summary>The groups that handle such events, but have sent no receipt for this one.</summary>
    public IReadOnlyList<SilentGroup> NotTold { get; init; } = [];
}
