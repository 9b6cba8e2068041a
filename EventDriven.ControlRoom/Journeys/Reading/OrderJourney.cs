namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>The way of an order, as far as it is known.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="At">When it was read, UTC.</param>
/// <param name="RequestedAt">
/// When the request was handled that placed it, by the time in the order's id, UTC; null if the id has none.
/// </param>
/// <param name="Events">Its events, in the order in which they happened.</param>
/// <param name="Problems">What could not be read, and why.</param>
public sealed record OrderJourney(
    Guid OrderId,
    DateTimeOffset At,
    DateTimeOffset? RequestedAt,
    IReadOnlyList<JourneyEvent> Events,
    IReadOnlyList<string> Problems)
{
    /// <summary>The group that writes to customers.</summary>
    public const string MailGroup = "notifications";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongSilence = TimeSpan.FromMinutes(10);
    private static readonly string[] Troubles = ["failed", "parked", "behind"];

    /// <summary>Whether something is still to come: an event that waits, a group that has not told, a message that is not sent.</summary>
    public bool IsUnderWay => Events.Any(one => one.IsWaiting
        || one.Mails.Any(mail => mail.State == "Pending")
        || one.Silent.Any(group => group.ForSeconds < LongSilence.TotalSeconds)
        || At - one.CommittedAt < Quiet);

    /// <summary>Whether a group has failed with one of its events, which has had no effect there so far.</summary>
    public bool HasTrouble => Events.Any(one => one.Groups.Any(step => IsTrouble(step.Outcome)));

    /// <summary>Whether an outcome means that the event has had no effect so far.</summary>
    public static bool IsTrouble(string outcome) => Troubles.Contains(outcome, StringComparer.Ordinal);
}
