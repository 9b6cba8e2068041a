using EventDriven.Messaging;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Takes the correlation id along when one service calls another by HTTP, as an event takes it along.</summary>
internal sealed class CorrelationHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A request that is tried again has it already.
        if (CorrelationContext.Current is { } context && !request.Headers.Contains(CorrelationMiddleware.Header))
        {
            request.Headers.Add(CorrelationMiddleware.Header, context.CorrelationId);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
