using System.ComponentModel.DataAnnotations;

namespace EventDriven.Messaging;

/// <summary>Limits and times of messaging, from the configuration section <c>Messaging</c>. The defaults fit a service with handlers of some milliseconds.</summary>
public sealed class MessagingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Messaging";

    /// <summary>
    /// Names the log that offsets kept in a database belong to. Null, the default, means the cluster id that the broker gives; set it only for
    /// a broker that gives none, to something that changes with its log.
    /// </summary>
    public string? Cluster { get; set; }

    /// <summary>Transactions of one group that an instance runs at the same time; each uses a connection of the database's pool, so stay below its size.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>
    /// Events that wait and are handled in one transaction, at most; 1 means a transaction each. An event never waits for others to come, and slow
    /// handlers get fewer at once.
    /// </summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>How long several events may take together, in milliseconds; then they are rolled back and each is handled alone.</summary>
    [Range(10, 60_000)]
    public int BatchTimeoutMs { get; set; } = 5_000;

    /// <summary>Events of one partition that may be read and not yet stored as done; the partition is paused beyond.</summary>
    [Range(1, 1_000_000)]
    public int WindowPerPartition { get; set; } = 5_000;

    /// <summary>How long one attempt may take before it counts as failed, in milliseconds.</summary>
    [Range(100, 3_600_000)]
    public int HandlerTimeoutMs { get; set; } = 30_000;

    /// <summary>Attempts at an event before it becomes a dead letter and parks its key, where its handler has no policy of its own.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Wait before the second attempt, in milliseconds; it doubles with each attempt.</summary>
    [Range(1, 60_000)]
    public int FirstRetryDelayMs { get; set; } = 200;

    /// <summary>Longest wait between attempts, in milliseconds.</summary>
    [Range(1, 600_000)]
    public int MaxRetryDelayMs { get; set; } = 30_000;

    /// <summary>
    /// Keys that failing events of a group may park; then further ones wait instead of becoming dead letters: a broken deployment must not drain the log
    /// into them. What can't be read doesn't count.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxParkedKeys { get; set; } = 1_000;

    /// <summary>
    /// Share of the events of a topic that an instance of the group finished within a minute that may become dead letters; above it failing events wait
    /// as well. When they wait and nothing of the topic has succeeded for the time of a probe (<see cref="ProbeMs"/>), its partitions pause and the service
    /// is unhealthy. 1 means never. What can't be read doesn't count: it is its producer's fault.
    /// </summary>
    [Range(0.01, 1)]
    public double MaxFailureRate { get; set; } = 0.5;

    /// <summary>
    /// Dead letters of a topic within a minute from which on <see cref="MaxFailureRate"/> judges. An instance of a group whose every event fails stores
    /// this many of each topic; all instances together never more than <see cref="MaxParkedKeys"/> allows.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MinFailures { get; set; } = 20;

    /// <summary>
    /// How often failing events that wait are tried again, and how often each partition of a topic that pauses reads some of what comes next, in
    /// milliseconds. When something of the topic succeeds, it goes on.
    /// </summary>
    [Range(10, 600_000)]
    public int ProbeMs { get; set; } = 10_000;

    /// <summary>How often a consumer looks for what operators asked for, a redrive or a pause, in milliseconds.</summary>
    [Range(10, 60_000)]
    public int OperatorPollMs { get; set; } = 2_000;

    /// <summary>After how long without a heartbeat the group gives a dead instance's partitions to others, in milliseconds; the broker's own bounds apply.</summary>
    [Range(1_000, 600_000)]
    public int SessionTimeoutMs { get; set; } = 10_000;

    /// <summary>How long events that are being handled may take to finish when a partition is given up, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int DrainTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// How long an instance may hold an event's lease in Redis, in milliseconds. Not longer than <see cref="SessionTimeoutMs"/>: what an instance
    /// held when it died is free when its partitions have a new owner. A handler may outlive the lease. Another instance, should it be given the
    /// event meanwhile, then waits at the event's inbox row until the first one has committed or rolled back: slower, never twice.
    /// </summary>
    [Range(100, 600_000)]
    public int LeaseMs { get; set; } = 10_000;

    /// <summary>
    /// How long the inbox and Redis remember an event, in days. An event can be read for the topic's retention and, because a broker deletes
    /// whole segments, up to one segment's time longer: 7 days and 1 day here. Less than that, and a replay would repeat effects.
    /// </summary>
    [Range(1, 3_650)]
    public int InboxRetentionDays { get; set; } = 10;

    /// <summary>Events that the relay reads at once; up to three times as many wait for their acknowledgements.</summary>
    [Range(1, 30_000)]
    public int OutboxBatchSize { get; set; } = 2_000;

    /// <summary>How often the relay looks without being woken and shares buckets anew, and how often the outbox is measured, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int OutboxPollMs { get; set; } = 5_000;

    /// <summary>How often the lag of the service's groups and their parked keys are measured, in milliseconds.</summary>
    [Range(100, 600_000)]
    public int LagPollMs { get; set; } = 5_000;

    /// <summary>Age of the oldest unhandled event of a group beyond which the service is degraded, in seconds.</summary>
    [Range(1, 31_536_000)]
    public int DegradedLagSeconds { get; set; } = 60;

    /// <summary>Age of the oldest row of the outbox beyond which the service is degraded, in seconds.</summary>
    [Range(1, 31_536_000)]
    public int DegradedOutboxSeconds { get; set; } = 30;

    /// <summary>Parked keys of a group from which on the service is degraded.</summary>
    [Range(1, 1_000_000)]
    public int DegradedParkedKeys { get; set; } = 1;

    /// <summary>
    /// Records of one topic that an instance of a group could not read within a minute from which on the service is degraded. They become dead letters and
    /// stop nothing.
    /// </summary>
    [Range(1, 1_000_000)]
    public int DegradedUnreadable { get; set; } = 10;

    /// <summary>
    /// Whether the service's groups tell on <c>receipts.v1</c> what they did with each event. It never delays handling; what can't be sent is dropped.
    /// </summary>
    public bool Receipts { get; set; }

    internal RetryPolicy RetryPolicy() => new()
    {
        Attempts = MaxAttempts,
        FirstDelay = TimeSpan.FromMilliseconds(FirstRetryDelayMs),
        LongestDelay = TimeSpan.FromMilliseconds(MaxRetryDelayMs),
    };
}
