using EventDriven.Messaging;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Passes the correlation id on when one service calls another by HTTP.</summary>
internal sealed class CorrelationHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A retried request already has the header.
        if (CorrelationContext.Current is { } context && !request.Headers.Contains(CorrelationMiddleware.Header))
        {
            request.Headers.Add(CorrelationMiddleware.Header, context.CorrelationId);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
