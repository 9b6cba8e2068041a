using System.Diagnostics;
using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;
using OpenTelemetry;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Puts the correlation and causation ids on every span, whichever library started it (law L9).</summary>
internal sealed class CorrelationProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        // Outside of any handler, such as in the transaction around it, a span belongs to what its parent belongs to.
        var context = CorrelationContext.Current;
        data.SetTag(MessagingActivity.CorrelationId, context?.CorrelationId ?? data.Parent?.GetTagItem(MessagingActivity.CorrelationId));
        data.SetTag(MessagingActivity.CausationId, context?.CausationId ?? data.Parent?.GetTagItem(MessagingActivity.CausationId));
    }
}
