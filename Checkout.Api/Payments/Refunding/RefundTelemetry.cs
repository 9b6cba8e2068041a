using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Checkout.Api.Payments.Refunding;

/// <summary>Metrics and spans of refunds.</summary>
internal sealed class RefundTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventDriven.Checkout";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _refused;
    private readonly Counter<long> _attempts;
    private volatile RefundBacklog _backlog = RefundBacklog.None;

    public RefundTelemetry(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(Name);
        _refused = meter.CreateCounter<long>("payments.refused", "{payment}", "Captured payments that their orders refused, by reason.");
        _attempts = meter.CreateCounter<long>("refunds.attempts", "{attempt}", "Refund commands to the payment provider, by verdict.");
        meter.CreateObservableGauge("refunds.pending", () => _backlog.Pending, "{refund}", "Refunds that the provider has not answered.");
        meter.CreateObservableGauge(
            "refunds.failed", () => _backlog.Failed, "{refund}", "Refunds that the provider refused. A person must act.");
        meter.CreateObservableGauge(
            "refunds.oldest_age_seconds", () => _backlog.AgeAt(time.GetUtcNow()).TotalSeconds, "s", "Age of the oldest of both.");
    }

    /// <summary>The last measured backlog.</summary>
    public RefundBacklog Backlog
    {
        get => _backlog;
        set => _backlog = value;
    }

    /// <summary>Counts a refused payment.</summary>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>
    /// Starts a span in the trace of the request or event that made the refund due. Without a collector it is not recorded but still
    /// propagated: PaymentRefunded belongs to that trace (law L9).
    /// </summary>
    public Activity StartSending(DueRefund refund)
    {
        var parent = ActivityContext.TryParse(refund.TraceParent, traceState: null, isRemote: true, out var context) ? context : default;
        if (_source.StartActivity("refund", ActivityKind.Internal, parent) is { } recorded)
        {
            return recorded;
        }

        var activity = new Activity("refund");
        if (refund.TraceParent is not null)
        {
            activity.SetParentId(refund.TraceParent);
        }

        return activity.Start();
    }

    /// <summary>Counts a command to the provider.</summary>
    public void Tried(ProviderOutcome outcome, Activity activity)
    {
        var verdict = outcome.Verdict.ToString();
        _attempts.Add(1, new KeyValuePair<string, object?>("verdict", verdict));
        activity.SetTag("refund.verdict", verdict);
        if (outcome.Verdict != ProviderVerdict.Confirmed)
        {
            activity.SetTag("error.type", verdict).SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _source.Dispose();
}
