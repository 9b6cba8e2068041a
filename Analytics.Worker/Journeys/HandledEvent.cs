namespace Analytics.Worker.Journeys;

/// <summary>What Analytics reads of a receipt of EventsHandled.</summary>
internal sealed record HandledEvent(
    string EventId,
    string Key,
    string Topic,
    string Type,
    DateTimeOffset EventTime,
    string Outcome,
    int Attempts,
    double Milliseconds,
    DateTimeOffset Time,
    Guid? Identity = null);
