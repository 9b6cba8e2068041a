using System.Diagnostics;
using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;
using OpenTelemetry;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Adds the correlation and causation ids to every span, whichever library started it (law L9).</summary>
internal sealed class CorrelationProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        // Outside of a handler, such as in the transaction around it, a span takes over the ids of its parent.
        var context = CorrelationContext.Current;
        data.SetTag(MessagingActivity.CorrelationId, context?.CorrelationId ?? data.Parent?.GetTagItem(MessagingActivity.CorrelationId));
        data.SetTag(MessagingActivity.CausationId, context?.CausationId ?? data.Parent?.GetTagItem(MessagingActivity.CausationId));
    }
}
