using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>Leases of events, where the service keeps any: the section <c>Messaging:Leases</c>.</summary>
public sealed class LeaseOptions
{
    /// <summary>
    /// How long an instance may hold an event's lease. Not longer than <see cref="ConsumerOptions.SessionTimeout"/>: what an instance held
    /// when it died is free when its partitions have a new owner. A handler may outlive the lease. Another instance, should it be given the
    /// event meanwhile, then waits at the event's inbox row until the first one has committed or rolled back: slower, never twice. 10 s.
    /// </summary>
    [TimeRange("00:00:00.100", "00:10:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(10);
}
