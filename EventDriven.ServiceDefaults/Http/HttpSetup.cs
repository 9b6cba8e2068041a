using System.Text.Json.Serialization;
using EventDriven.ServiceDefaults.Authorization;
using EventDriven.ServiceDefaults.Http.Failures;
using EventDriven.ServiceDefaults.Http.Limits;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Proxies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>What all HTTP APIs share: limits, JSON settings, and a problem document for every error (docs/http.md).</summary>
internal static class HttpSetup
{
    public static void AddHttpConventions(this IHostApplicationBuilder builder)
    {
        builder.AddProxies();
        builder.AddOverloadLimits();
        builder.Services.AddSingleton<AddressConnections>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConnectionLimits>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // A number in quotes is a string, and "errors" reports it.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.MaxDepth = RequestLimits.JsonDepth;
        });

        // UnreadableRequests handles a request that can't be read in every environment, not only in development.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        // Runs before the framework's own writer, which writes no document for a caller that accepts no JSON.
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
        app.UseProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.UseMiddleware<RequestGuard>();
        app.UseOverloadLimits();
        app.UseIdentities();
        app.UseCallerLimits();
        app.UseRequestTimeouts();
    }
}
