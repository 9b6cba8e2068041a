using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>How groups read and handle events: the section <c>Messaging:Consumer</c>.</summary>
public sealed class ConsumerOptions
{
    /// <summary>
    /// Transactions of one group that an instance runs at the same time; each uses a connection of the
    /// database's pool, so stay below its size. 32.
    /// </summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>
    /// Events that wait and are handled in one transaction, at most; 1 means a transaction each. An event never waits for others to come,
    /// and slow handlers get fewer at once. 200.
    /// </summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>How long several events may take together; then they are rolled back and each is handled alone. 5 s.</summary>
    [TimeRange("00:00:00.010", "00:01:00")]
    public TimeSpan BatchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events of one partition that may be read and not yet stored as done; the partition is paused beyond. 5 000.</summary>
    [Range(1, 1_000_000)]
    public int WindowPerPartition { get; set; } = 5_000;

    /// <summary>How long one attempt may take before it counts as failed. 30 s.</summary>
    [TimeRange("00:00:00.100", "01:00:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how long without a heartbeat the group gives a dead instance's partitions to others; the broker's own bounds apply. 10 s.
    /// </summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The name under which this instance keeps its partitions (static membership, <c>group.instance.id</c>): 1 to 249 letters, digits,
    /// dots, underscores or hyphens, another one for each instance of the service, and the same one when it is started again. Then its
    /// restart moves no partitions if it is back within <see cref="SessionTimeout"/>, and an outage of the broker none at all. In return
    /// it keeps them for that long when it is stopped for good. Null, the default: the instance leaves the group when it stops.
    /// </summary>
    [RegularExpression("[A-Za-z0-9._-]{1,249}", ErrorMessage = "Must have 1 to 249 letters, digits, dots, underscores or hyphens.")]
    public string? InstanceId
    {
        get;

        // A variable that is set to nothing means none.
        set => field = value is { Length: 0 } ? null : value;
    }

    /// <summary>How long events that are being handled may take to finish when a partition is given up. 5 s.</summary>
    [TimeRange("00:00:00.100", "00:01:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a consumer looks for what operators asked for, a redrive or a pause. 2 s.</summary>
    [TimeRange("00:00:00.010", "00:01:00")]
    public TimeSpan OperatorPollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long inbox and leases remember an event. An event can be read for the topic's retention and, because a broker deletes whole
    /// segments, up to one segment's time longer. Less than that, and a replay would repeat effects. In whole days. 15 days, which is
    /// enough for a topic with Kafka's own defaults.
    /// </summary>
    [TimeRange("1.00:00:00", "3650.00:00:00")]
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(15);

    /// <summary>How long an attempt at so many events may take.</summary>
    internal TimeSpan TimeoutOf(int events) => events == 1 || HandlerTimeout < BatchTimeout ? HandlerTimeout : BatchTimeout;
}
