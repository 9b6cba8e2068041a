using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>An event of an order, and all that came of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Service">Whose fact it is; null if that is unknown.</param>
/// <param name="CommittedAt">When it happened, within the transaction that committed it, UTC.</param>
/// <param name="Logged">What the log has of it; null if it is not there.</param>
/// <param name="IsWaiting">Whether it waits in the outbox.</param>
/// <param name="Groups">What each group did with it.</param>
/// <param name="Silent">The groups that handle such events and have not told of this one.</param>
/// <param name="Mails">The messages to the customer that it led to.</param>
public sealed record JourneyEvent(
    string Id,
    string Type,
    string Topic,
    string? Service,
    DateTimeOffset CommittedAt,
    LoggedEvent? Logged,
    bool IsWaiting,
    IReadOnlyList<JourneyStep> Groups,
    IReadOnlyList<SilentGroup> Silent,
    IReadOnlyList<JourneyMail> Mails)
{
    /// <summary>When it was sent to the log, UTC; null if it is not there.</summary>
    public DateTimeOffset? PublishedAt => Logged?.Record.Time;
}
