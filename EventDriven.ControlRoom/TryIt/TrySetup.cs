using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ControlRoom.TryIt;

/// <summary>The page that places orders to watch. It is there in the environment Development alone.</summary>
internal static class TrySetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "try";

    /// <summary>Address of the page.</summary>
    public const string Path = "/try";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/try";

    public static void AddTryIt(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton<ShopClient>();
            builder.Services.AddSingleton<OrderSender>();
            builder.Services.AddSingleton<TryFragments>();
            builder.Services.AddHostedService(services => services.GetRequiredService<OrderSender>());
        }
    }

    public static void MapTryIt(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapGet(Path, (OrderSender sender) => Page(sender, problem: null)).RequireAuthorization(Scopes.OpsRead);
            app.MapGet(Stream, Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
            app.MapPost($"{Path}/orders", Begin).RequireAuthorization(Scopes.OpsWrite);
            app.MapPost($"{Path}/stop", Stop).RequireAuthorization(Scopes.OpsWrite);
        }
    }

    private static RazorComponentResult<TryPage> Page(OrderSender sender, string? problem) => new(new { sender.Run, Problem = problem })
    {
        StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static IResult Watch(HttpContext http, LongRequests longRequests, TryFragments fragments) =>
        LiveStream.Of(http, longRequests, Part, fragments.WatchAsync);

    private static IResult Begin(OrderSender sender, [FromForm] string? what, [FromForm] string? perSecond, [FromForm] string? minutes)
    {
        if (OrderPlan.Of(what, perSecond, minutes) is not { } plan)
        {
            return Page(
                sender,
                $"Ask for 1 to {OrderPlan.MaxPerSecond} orders a second, for 1 to {OrderPlan.MaxMinutes} minutes.");
        }

        return sender.TryBegin(plan)
            ? TypedResults.LocalRedirect(Path)
            : Page(sender, "Orders are being placed already: wait for them, or stop them first.");
    }

    // Has a form, so that its token is checked.
    private static RedirectHttpResult Stop(OrderSender sender, IFormCollection form)
    {
        sender.Stop();
        return TypedResults.LocalRedirect(Path);
    }
}
