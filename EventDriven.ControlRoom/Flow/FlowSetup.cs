using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Flow;

/// <summary>The page that everybody begins with: the flow of facts.</summary>
internal static class FlowSetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "flow";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/flow";

    public static void AddFlow(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveFeed<FlowSnapshot>>();
        builder.Services.AddSingleton<FlowState>();
        builder.Services.AddSingleton(services => new LiveFragments<FlowSnapshot, FlowView>(
            services.GetRequiredService<LiveFeed<FlowSnapshot>>(),
            services.GetRequiredService<FragmentRenderer>(),
            snapshot => ValueTask.FromResult(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(FlowView.Flow)] = snapshot })));
        builder.Services.AddHostedService<FlowSampler>();
    }

    public static void MapFlow(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", GetPage).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Stream, Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static RazorComponentResult<FlowPage> GetPage(LiveFeed<FlowSnapshot> feed) => new(new { Flow = feed.Latest });

    private static IResult Watch(
        HttpContext http, LongRequests longRequests, LiveFragments<FlowSnapshot, FlowView> fragments) =>
        LiveStream.Of(http, longRequests, Part, fragments.WatchAsync);
}
