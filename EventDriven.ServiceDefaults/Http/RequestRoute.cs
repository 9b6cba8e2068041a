using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>Which endpoint a request goes to.</summary>
internal static class RequestRoute
{
    /// <summary>The endpoint; that of a request that failed too, from which what handles exceptions has taken it. Null when there is none.</summary>
    public static Endpoint? Endpoint(HttpContext http) => http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    /// <summary>The route's pattern and not the path: what a caller wrote there is none of the log's business. Null when there is none.</summary>
    public static string? Pattern(HttpContext http) => (Endpoint(http) as RouteEndpoint)?.RoutePattern.RawText;
}
