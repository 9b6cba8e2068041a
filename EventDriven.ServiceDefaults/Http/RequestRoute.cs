using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>Finds the endpoint of a request.</summary>
internal static class RequestRoute
{
    /// <summary>
    /// The endpoint; null if there is none. It is also found for a failed request, from which the exception handler has removed it.
    /// </summary>
    public static Endpoint? Endpoint(HttpContext http) => http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    /// <summary>
    /// The route's pattern, for logs: unlike the path, it holds nothing that the caller wrote. Null if there is no route.
    /// </summary>
    public static string? Pattern(HttpContext http) => (Endpoint(http) as RouteEndpoint)?.RoutePattern.RawText;
}
