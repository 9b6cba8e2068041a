namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>What a search has found.</summary>
/// <param name="Journeys">One for each key, newest first.</param>
/// <param name="Read">How many events were looked at.</param>
/// <param name="Since">When the oldest of them was sent, UTC; null when there was none.</param>
/// <param name="IsWhole">Whether these were all that the log has.</param>
/// <param name="Problem">Why nothing could be looked at; null if it could.</param>
public sealed record FoundJourneys(
    IReadOnlyList<FoundJourney> Journeys, int Read, DateTimeOffset? Since, bool IsWhole, string? Problem = null);
