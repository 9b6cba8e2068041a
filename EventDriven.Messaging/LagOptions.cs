using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging;

/// <summary>How lag is measured: the section <c>Messaging:Lag</c>.</summary>
public sealed class LagOptions
{
    /// <summary>How often the lag of the service's groups and their parked keys are measured. 5 s.</summary>
    [TimeRange("00:00:00.100", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age of the oldest unhandled event of a group beyond which the service is degraded. 60 s.</summary>
    [TimeRange("00:00:01", "365.00:00:00")]
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromSeconds(60);
}
