using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;

namespace EventDriven.ControlRoom.Replay;

/// <summary>The page on which groups are set back, rehearsed, paused and rebuilt.</summary>
internal static class ReplaySetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "replay";

    /// <summary>Address of the page.</summary>
    public const string Path = "/replay";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/replay";

    public static void AddReplay(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GroupTaskRunner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<GroupTaskRunner>());
        builder.Services.AddSingleton<ReplayPlans>();
        builder.Services.AddSingleton<ReplayWork>();
        builder.Services.AddSingleton<ReplayFragments>();
    }

    public static void MapReplay(this IEndpointRouteBuilder app)
    {
        app.MapGet(Stream, Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
        app.MapReplayPages();
    }

    private static IResult Watch(HttpContext http, LongRequests longRequests, ReplayFragments fragments) =>
        LiveStream.Of(http, longRequests, Part, fragments.WatchAsync);
}
