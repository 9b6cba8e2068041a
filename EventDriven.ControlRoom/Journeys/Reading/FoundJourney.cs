namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>A key whose events were found on the log.</summary>
/// <param name="Key">The key: an order's id, or a customer's.</param>
/// <param name="Facts">The facts that were found, newest first.</param>
/// <param name="At">When the newest of them happened, UTC.</param>
/// <param name="CorrelationId">What its newest event's request is called; null if the event does not say.</param>
public sealed record FoundJourney(string Key, IReadOnlyList<string> Facts, DateTimeOffset At, string? CorrelationId)
{
    /// <summary>The key as an order's id; null if it is none.</summary>
    public Guid? OrderId => Guid.TryParse(Key, out var id) ? id : null;
}
