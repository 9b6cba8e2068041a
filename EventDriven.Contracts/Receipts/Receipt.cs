namespace EventDriven.Contracts.Receipts;

/// <summary>What a group did with one event.</summary>
/// <param name="EventId">The event's id; its identity where that is long or can't be printed.</param>
/// <param name="Identity">Tells the event from all others: a hash of its source and its id.</param>
/// <param name="Key">Its key, such as an order id.</param>
/// <param name="Topic">Topic that it stands on.</param>
/// <param name="Type">Its type.</param>
/// <param name="EventTime">When the fact happened, UTC.</param>
/// <param name="Outcome">
/// <c>handled</c>, <c>duplicate</c> (it was handled before), <c>failed</c> (an attempt), <c>parked</c> (a dead letter), <c>behind</c> (stored behind
/// one of its key) or <c>redriven</c> (a dead letter that was handled in the end).
/// </param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Milliseconds">What the last attempt took; events that were handled together took it together.</param>
/// <param name="Time">When the group was done with it, UTC.</param>
public sealed record Receipt(
    string EventId,
    Guid Identity,
    string Key,
    string Topic,
    string Type,
    DateTimeOffset EventTime,
    string Outcome,
    int Attempts,
    double Milliseconds,
    DateTimeOffset Time);
