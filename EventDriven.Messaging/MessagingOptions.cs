using Microsoft.Extensions.Options;

namespace EventDriven.Messaging;

/// <summary>
/// Limits and times of messaging, from the configuration section <c>Messaging</c>. The defaults fit a
/// service with handlers of some milliseconds.
/// </summary>
public sealed class MessagingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Messaging";

    /// <summary>
    /// Names the log that offsets kept in a database belong to. Null, the default, means the cluster id that the broker gives; set it only
    /// for a broker that gives none, to something that changes with its log.
    /// </summary>
    public string? Cluster { get; set; }

    /// <summary>How committed events are sent.</summary>
    [ValidateObjectMembers]
    public OutboxOptions Outbox { get; set; } = new();

    /// <summary>How groups read and handle events.</summary>
    [ValidateObjectMembers]
    public ConsumerOptions Consumer { get; set; } = new();

    /// <summary>When a failed event is tried again, where its handler has no policy of its own.</summary>
    public RetryPolicy Retry { get; set; } = new();

    /// <summary>What becomes of events that fail for good.</summary>
    [ValidateObjectMembers]
    public DeadLetterOptions DeadLetters { get; set; } = new();

    /// <summary>Leases of events, where the service keeps any.</summary>
    [ValidateObjectMembers]
    public LeaseOptions Leases { get; set; } = new();

    /// <summary>How keys of personal data are kept, where the service opens any.</summary>
    [ValidateObjectMembers]
    public SubjectKeyOptions SubjectKeys { get; set; } = new();

    /// <summary>How lag is measured.</summary>
    [ValidateObjectMembers]
    public LagOptions Lag { get; set; } = new();

    /// <summary>Whether groups tell what they did with each event.</summary>
    [ValidateObjectMembers]
    public ReceiptOptions Receipts { get; set; } = new();
}
