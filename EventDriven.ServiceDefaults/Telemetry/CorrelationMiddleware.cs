using System.Diagnostics;
using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>
/// Gives every request a correlation id: the caller's own if it is valid, otherwise the trace id. The response header states it.
/// </summary>
internal sealed class CorrelationMiddleware(RequestDelegate next, ILogger<CorrelationMiddleware> logger)
{
    /// <summary>Name of the request and response header.</summary>
    public const string Header = "X-Correlation-ID";

    public async Task InvokeAsync(HttpContext http)
    {
        var activity = Activity.Current;
        var given = http.Request.Headers[Header];
        var correlationId = given.Count == 1 && CorrelationContext.IsSane(given[0])
            ? given[0]!
            : activity?.TraceId.ToHexString() ?? http.TraceIdentifier;
        var context = new CorrelationContext(correlationId, activity?.SpanId.ToHexString() ?? http.TraceIdentifier);

        CorrelationContext.Current = context;
        activity?.SetTag(MessagingActivity.CorrelationId, context.CorrelationId);
        activity?.SetTag(MessagingActivity.CausationId, context.CausationId);
        http.Response.Headers[Header] = correlationId;
        using (logger.BeginScope(new CorrelationScope(context)))
        {
            await next(http);
        }
    }
}
