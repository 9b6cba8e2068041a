using System.Text.Json.Serialization;
using EventDriven.ServiceDefaults.Http.Failures;
using EventDriven.ServiceDefaults.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>How every service speaks HTTP: the same limits, the same JSON, and a problem document for whatever goes wrong (docs/http.md).</summary>
internal static class HttpSetup
{
    public static void AddHttpConventions(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel => Limit(kestrel.Limits));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // A number in quotes is a string, and "errors" says so.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.MaxDepth = RequestLimits.JsonDepth;
        });

        // A request that can't be read ends in UnreadableRequests in every environment, not only in development.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        // Before the framework's own writer, which leaves a caller who accepts no JSON without a document.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<UnreadableRequests>();
        builder.Services.AddExceptionHandler<AwayServers>();
        builder.Services.AddExceptionHandler<UnexpectedErrors>();
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = RequestLimits.Duration,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = http => AwayServers.Answer(http, AwayServers.TookTooLong).ExecuteAsync(http),
        });
    }

    public static void UseHttpConventions(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.UseMiddleware<RequestGuard>();
        app.UseRequestTimeouts();
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        limits.RequestHeadersTimeout = RequestLimits.HeadersDuration;
        limits.MaxRequestLineSize = RequestLimits.HardFactor * RequestLimits.TargetCharacters;
        limits.MaxRequestHeadersTotalSize = RequestLimits.HardFactor * RequestLimits.HeaderBytes;
        limits.MaxRequestHeaderCount = RequestLimits.HardFactor * RequestLimits.HeaderCount;
    }
}
