namespace EventDriven.Cli.Journeys;

/// <summary>An event, and what each group did with it.</summary>
/// <param name="EventId">CloudEvents id.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Topic">Topic.</param>
/// <param name="HappenedAt">When it happened.</param>
/// <param name="Groups">What each group did.</param>
/// <param name="NotTold">Groups that handle such events, but have sent no receipt for this one.</param>
internal sealed record JourneyFactJson(
    string EventId,
    string Type,
    string Topic,
    DateTimeOffset HappenedAt,
    IReadOnlyList<JourneyStepJson> Groups,
    IReadOnlyList<SilentGroupJson> NotTold);
