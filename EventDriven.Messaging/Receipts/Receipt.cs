using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Receipts;

/// <summary>What a group did with an event.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="EventId">The event's id, or its identity if the id is too long or can't be printed.</param>
/// <param name="Identity">The event: a hash of its source and id, see <see cref="EventIdentity"/>.</param>
/// <param name="Key">Its key.</param>
/// <param name="Topic">The event's topic.</param>
/// <param name="Type">Its type.</param>
/// <param name="EventTime">When the fact happened, UTC.</param>
/// <param name="Outcome">One of <see cref="ReceiptOutcome"/>.</param>
/// <param name="Attempts">Attempts so far, this one included.</param>
/// <param name="Milliseconds">Duration of the last attempt. Events of a batch share it.</param>
/// <param name="Time">When the attempt ended, UTC.</param>
internal readonly record struct Receipt(
    [property: JsonIgnore] string Group,
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
