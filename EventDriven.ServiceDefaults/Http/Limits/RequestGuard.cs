using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>Refuses what is over the limits of a request's first part, and a body in another encoding, before anything is done for it.</summary>
internal sealed class RequestGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var refusal = RequestLimits.Refusal(http.Request, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ?? JsonEncoding.Refusal(http.Request);
        return refusal is null ? next(http) : refusal.ExecuteAsync(http);
    }
}
