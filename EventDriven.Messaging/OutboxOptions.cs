using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>How committed events are sent: the section <c>Messaging:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Events that the relay reads at once; up to three times as many wait for their acknowledgements. 2 000.</summary>
    [Range(1, 30_000)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>How often the relay looks without being woken and shares buckets anew, and how often the outbox is measured. 5 s.</summary>
    [TimeRange("00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Absolute URL under which the service serves the contracts of its events, such as <c>https://checkout.example.com</c>. CloudEvents
    /// <c>dataschema</c> then is the URL of the event's contract; null, the default, makes it a URN of the event's type.
    /// </summary>
    public Uri? SchemaAddress { get; set; }

    /// <summary>Age of the oldest row of the outbox beyond which the service is degraded. 30 s.</summary>
    [TimeRange("00:00:01", "365.00:00:00")]
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromSeconds(30);
}
