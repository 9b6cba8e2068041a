using System.Diagnostics;

namespace EventDriven.Messaging.Telemetry;

/// <summary>Where messaging's spans come from, and the attributes that this system adds to every span.</summary>
public static class MessagingActivity
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "EventDriven.Messaging";

    /// <summary>Span attribute and log field.</summary>
    public const string CorrelationId = "correlation_id";

    /// <summary>Span attribute and log field.</summary>
    public const string CausationId = "causation_id";

    internal static readonly ActivitySource Source = new(SourceName);
}
