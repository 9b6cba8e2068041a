namespace Analytics.Worker.Journeys;

/// <summary>What a consumer group did with a fact.</summary>
/// <param name="Group">The group.</param>
/// <param name="Outcome">
/// <c>handled</c>, <c>duplicate</c>, <c>redriven</c>; <c>failed</c>, <c>parked</c> or <c>behind</c> when it has had no effect so far.
/// </param>
/// <param name="Attempt">Number of the attempt; 0 if the event was not tried.</param>
/// <param name="At">When, UTC.</param>
/// <param name="AfterMs">Time since the fact, in milliseconds, by the clocks of two services.</param>
/// <param name="TookMs">Duration of the attempt, in milliseconds. Events of a batch share it.</param>
internal sealed record JourneyStep(string Group, string Outcome, int Attempt, DateTimeOffset At, double AfterMs, double TookMs);
