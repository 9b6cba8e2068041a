namespace EventDriven.Messaging.Telemetry;

/// <summary>Every metric of messaging.</summary>
public sealed class MessagingMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "EventDriven.Messaging";
}
