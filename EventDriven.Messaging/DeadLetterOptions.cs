using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>What becomes of events that fail for good: the section <c>Messaging:DeadLetters</c>.</summary>
public sealed class DeadLetterOptions
{
    /// <summary>
    /// Keys that failing events of a group may park; then further ones wait instead of becoming dead letters: a broken deployment must not
    /// drain the log into them. Unreadable records don't count. 1 000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxParkedKeys { get; set; } = 1_000;

    /// <summary>
    /// Share of the events of a topic that an instance of the group finished within a minute that may become dead letters; above it failing
    /// events wait as well. When they wait and nothing of the topic has succeeded for a <see cref="ProbeInterval"/>, its partitions pause
    /// and the service is unhealthy. 1 means never. Unreadable records don't count: they are their producer's fault. 0.5.
    /// </summary>
    [Range(0.01, 1)]
    public double MaxFailureRate { get; set; } = 0.5;

    /// <summary>
    /// Dead letters of a topic within a minute from which on <see cref="MaxFailureRate"/> judges. An instance of a group whose every event
    /// fails stores this many of each topic; all instances together never more than <see cref="MaxParkedKeys"/> allows. 20.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MinFailures { get; set; } = 20;

    /// <summary>
    /// How often failing events that wait are tried again, and how often each partition of a topic that pauses reads some of what comes
    /// next. When something of the topic succeeds, it goes on. 10 s.
    /// </summary>
    [TimeRange("00:00:00.010", "00:10:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Parked keys of a group from which on the service is degraded. 1.</summary>
    [Range(1, 1_000_000)]
    public int DegradedParkedKeys { get; set; } = 1;

    /// <summary>
    /// Records of one topic that an instance of a group could not read within a minute from which on the service is degraded. They
    /// become dead letters and stop nothing. 10.
    /// </summary>
    [Range(1, 1_000_000)]
    public int DegradedUnreadable { get; set; } = 10;
}
