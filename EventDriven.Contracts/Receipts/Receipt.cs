namespace EventDriven.Contracts.Receipts;

/// <summary>What a group did with one event.</summary>
/// <param name="EventId">The event's id, or its identity if the id is too long or can't be printed.</param>
/// <param name="Identity">Identifies the event: a hash of its source and id.</param>
/// <param name="Key">Its key, such as an order id.</param>
/// <param name="Topic">The event's topic.</param>
/// <param name="Type">Its type.</param>
/// <param name="EventTime">When the fact happened, UTC.</param>
/// <param name="Outcome">
/// <c>handled</c>, <c>duplicate</c> (it was handled before), <c>failed</c> (an attempt), <c>parked</c> (a dead letter), <c>behind</c>
/// (blocked: stored behind a dead letter of its key) or <c>redriven</c> (a dead letter that was handled in the end).
/// </param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Milliseconds">Duration of the last attempt. Events of a batch share it.</param>
/// <param name="Time">When the attempt ended, UTC.</param>
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
