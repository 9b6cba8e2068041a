using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Leases;

/// <summary>
/// The fast path of idempotency (law L6): a lease for each event that is being handled, and a mark when its effect is committed. It may be
/// lost, flushed or away at any moment: then it doesn't know, and the inbox decides alone.
/// </summary>
internal interface IEventLeases
{
    /// <summary>Whether there are any; else there is nothing to ask.</summary>
    bool AreKept => true;

    /// <summary>Tries to take the leases of events for a group.</summary>
    /// <param name="prefix">What the group's lease keys begin with.</param>
    /// <param name="events">Each identity once.</param>
    /// <returns>One for each event; <see cref="LeaseState.Unknown"/> when the store did not answer.</returns>
    Task<Lease[]> AcquireAsync(string prefix, IReadOnlyList<EventFingerprint> events);

    /// <summary>Marks events as done; only the holder of their leases can.</summary>
    /// <param name="prefix">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    Task CompleteAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease);

    /// <summary>Marks events as done for which no lease was taken. Their effects are committed, so it is true whoever says it.</summary>
    /// <param name="prefix">What the group's lease keys begin with.</param>
    /// <param name="events">Events whose effects are committed.</param>
    Task MarkAsync(string prefix, IReadOnlyCollection<EventFingerprint> events);

    /// <summary>Gives leases back after a failure; only their holder can.</summary>
    /// <param name="prefix">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    Task ReleaseAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease);
}
