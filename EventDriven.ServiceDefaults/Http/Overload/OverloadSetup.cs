using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Refuses what a service can't take on, before it costs much, by the framework's rate limiting middleware
/// (docs/decisions/0045-overload-is-refused-at-the-door.md).
/// </summary>
public static class OverloadSetup
{
    internal static void AddOverloadLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OverloadOptions>()
            .BindConfiguration(OverloadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter();
        builder.Services.AddSingleton<RequestSlots>();
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddSingleton(services => new LongRequests(
            services.GetRequiredService<IOptions<OverloadOptions>>(), services.GetService<CallerLimits>()));
    }

    /// <summary>Limits the requests a second by client address, and by customer or client.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="isClient">Whether a caller acts for everybody, such as a shop's back office, and not for one customer.</param>
    public static TBuilder LimitCallers<TBuilder>(this TBuilder builder, Func<ClaimsPrincipal, bool> isClient)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton(
            services => new CallerLimits(services.GetRequiredService<IOptions<OverloadOptions>>(), isClient));
        return builder;
    }

    /// <summary>What comes before tokens are checked, which costs more than to refuse.</summary>
    internal static void UseOverloadLimits(this WebApplication app)
    {
        if (app.Services.GetService<CallerLimits>() is { } callers)
        {
            app.Use(callers.ByAddress);
        }

        app.UseMiddleware<WholeBody>();
        app.Use(app.Services.GetRequiredService<RequestSlots>());
    }

    /// <summary>What comes when it is known who calls.</summary>
    internal static void UseCallerLimits(this WebApplication app)
    {
        if (app.Services.GetService<CallerLimits>() is { } callers)
        {
            app.Use(callers.ByCaller);
        }
    }

    private static void Use(this WebApplication app, PartitionedRateLimiter<HttpContext> limiter) =>
        app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = limiter,
            RejectionStatusCode = StatusCodes.Status503ServiceUnavailable,
            OnRejected = app.Services.GetRequiredService<Refusals>().AnswerAsync,
        });
}
