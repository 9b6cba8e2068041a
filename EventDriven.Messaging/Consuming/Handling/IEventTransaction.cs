using EventDriven.Messaging.Consuming.Failing;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Some events, one transaction: what is applied and stored is committed together.</summary>
internal interface IEventTransaction
{
    /// <summary>
    /// Applies the events and stores the dead letters. Null when the group's offsets in the database are further than the first of
    /// several: they must be looked at one by one.
    /// </summary>
    /// <param name="events">In the order of their keys; each identity once.</param>
    /// <param name="deadLetters">Records that can't be applied, or are blocked by an earlier one of their key.</param>
    /// <param name="passed">Records that mean nothing to a group which keeps its offsets itself; those move past them.</param>
    /// <param name="cancellationToken">The time of the attempt is over, or a partition is lost.</param>
    /// <exception cref="ParkingLimitException">No further key may be parked.</exception>
    Task<AppliedEvents?> ApplyAsync(
        IReadOnlyList<EventAttempt> events,
        IReadOnlyList<DeadLetterEntry> deadLetters,
        IReadOnlyList<SourceRecord> passed,
        CancellationToken cancellationToken);
}
