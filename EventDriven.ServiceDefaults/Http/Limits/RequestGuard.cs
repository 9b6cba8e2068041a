using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>Refuses a request before any work: if its target or headers are over a limit, or its body is in another encoding.</summary>
internal sealed class RequestGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var refusal = RequestLimits.Refusal(http.Request, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ?? JsonEncoding.Refusal(http.Request);
        return refusal is null ? next(http) : refusal.ExecuteAsync(http);
    }
}
