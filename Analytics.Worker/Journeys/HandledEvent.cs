using EventDriven.Messaging.Validation;

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
    Guid? Identity = null)
{
    // Room for the shortened form of a long key: its beginning and its hash.
    private const int MaxKeyLength = 1_100;
    private const int MaxNameLength = 255;

    private static readonly PlainTextAttribute KeyRule = new(MaxKeyLength);
    private static readonly PlainTextAttribute NameRule = new(MaxNameLength);
    private static readonly PlausibleTimeAttribute TimeRule = new();

    /// <summary>
    /// Whether it can be stored. Each receipt is checked separately, because receipts may hold keys of hostile records: one of them must
    /// not discard the other receipts of the event.
    /// </summary>
    public bool IsFit() => KeyRule.IsValid(Key)
        && NameRule.IsValid(Topic)
        && NameRule.IsValid(Type)
        && TimeRule.IsValid(EventTime)
        && TimeRule.IsValid(Time)
        && Attempts >= 0;
}
