using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Waits until the whole body has come, which is at most <see cref="RequestLimits.BodyBytes"/>. Otherwise a few clients that send theirs as
/// slowly as they may would keep all places (<see cref="RequestSlots"/>).
/// </summary>
internal sealed class WholeBody(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            await ArrivedAsync(http);
        }

        await next(http);
    }

    private static async ValueTask ArrivedAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            // It stays where it is, for whoever reads it next.
            var read = await reader.ReadAsync(http.RequestAborted);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return;
            }
        }
    }
}
