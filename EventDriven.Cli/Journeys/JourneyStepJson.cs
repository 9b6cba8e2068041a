namespace EventDriven.Cli.Journeys;

/// <summary>What a group did with an event.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Outcome">Such as handled or parked.</param>
/// <param name="Attempt">In which attempt; 0 for none.</param>
/// <param name="At">When.</param>
/// <param name="AfterSeconds">Time since the event happened, in seconds.</param>
/// <param name="TookSeconds">How long the attempt took, in seconds.</param>
internal sealed record JourneyStepJson(
    string Group,
    string Outcome,
    int Attempt,
    DateTimeOffset At,
    double AfterSeconds,
    double TookSeconds);
