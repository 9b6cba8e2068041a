using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>How keys of personal data are kept by a service that opens it: the section <c>Messaging:SubjectKeys</c>.</summary>
public sealed class SubjectKeyOptions
{
    /// <summary>Keys that are kept in memory, at most; beyond, the oldest is fetched again when it is needed. 10 000.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 10_000;

    /// <summary>
    /// How long a key is kept. For so long, an instance that was not told may still read the data of a person who was forgotten. 5 minutes.
    /// </summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the keys' owner may take to answer for one key. 5 s.</summary>
    [TimeRange("00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Keys that a batch of events asks for at the same time, at most. 16.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;
}
