using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Notifications.Worker.Sending;

/// <summary>Metrics and spans of sending: kinds, verdicts and reply codes, never an address.</summary>
internal sealed class MailTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventDriven.Notifications";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _attempts;

    public MailTelemetry(IMeterFactory meters) =>
        _attempts = meters.Create(Name)
            .CreateCounter<long>("notifications.attempts", "{attempt}", "Attempts to send a message, by kind and verdict.");

    /// <summary>Starts a span in the trace of the event that the message is about.</summary>
    public Activity? StartSending(DueMessage message)
    {
        var parent = ActivityContext.TryParse(message.TraceParent, traceState: null, isRemote: true, out var context) ? context : default;
        return _source.StartActivity($"mail {message.Kind}", ActivityKind.Client, parent);
    }

    public void Tried(DueMessage message, MailOutcome outcome, Activity? activity)
    {
        var verdict = outcome.Verdict.ToString();
        _attempts.Add(1, new KeyValuePair<string, object?>("kind", message.Kind), new("verdict", verdict));
        activity?.SetTag("mail.verdict", verdict);
        if (outcome.Verdict is not (MailVerdict.Sent or MailVerdict.Forgotten))
        {
            activity?.SetTag("error.type", outcome.Error).SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _source.Dispose();
}
