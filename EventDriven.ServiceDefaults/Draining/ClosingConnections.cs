using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EventDriven.ServiceDefaults.Draining;

/// <summary>
/// While the instance drains, each answer tells its client to open another connection, elsewhere: by <c>Connection: close</c> (RFC 9112,
/// section 9.6), or in HTTP/2 by GOAWAY (RFC 9113, section 6.8). A client that keeps its connection would send its next request into the
/// end.
/// </summary>
internal sealed class ClosingConnections(RequestDelegate next, Drain drain)
{
    private const string Close = "close";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(CloseAsync, http);
        return next(http);
    }

    private Task CloseAsync(object state)
    {
        if (drain.HasBegun)
        {
            var http = (HttpContext)state;
            if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
            {
                http.Response.Headers.Connection = Close;
            }
            else
            {
                http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            }
        }

        return Task.CompletedTask;
    }
}
