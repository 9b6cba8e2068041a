using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Figures;

/// <summary>The page with numbers over time, of the system and of the business.</summary>
internal static class FiguresSetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "figures";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/figures";

    public static void AddFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveFeed<FiguresSnapshot>>();
        builder.Services.AddSingleton<AnalyticsReader>();
        builder.Services.AddSingleton(services => new LiveFragments<FiguresSnapshot, FiguresView>(
            services.GetRequiredService<LiveFeed<FiguresSnapshot>>(),
            services.GetRequiredService<FragmentRenderer>(),
            snapshot => new(StringComparer.Ordinal) { [nameof(FiguresView.Figures)] = snapshot }));
        builder.Services.AddHostedService<FiguresSampler>();
    }

    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures", GetPage).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Stream, Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static RazorComponentResult<FiguresPage> GetPage(LiveFeed<FiguresSnapshot> feed) => new(new { Figures = feed.Latest });

    private static IResult Watch(
        HttpContext http, LongRequests longRequests, LiveFragments<FiguresSnapshot, FiguresView> fragments) =>
        LiveStream.Of(http, longRequests, Part, fragments.WatchAsync);
}
