using System.Diagnostics;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Telemetry;
using OpenTelemetry;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Puts the correlation and causation ids on every span, whichever library started it (law L9).</summary>
internal sealed class CorrelationProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (CorrelationContext.Current is { } context)
        {
            data.SetTag(MessagingActivity.CorrelationId, context.CorrelationId);
            data.SetTag(MessagingActivity.CausationId, context.CausationId);
        }
    }
}
