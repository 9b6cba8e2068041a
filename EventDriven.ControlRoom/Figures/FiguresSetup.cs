using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Figures.Store;
using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

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
        builder.Services.AddOptions<PrometheusOptions>().BindConfiguration(PrometheusOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PrometheusOptions>, PrometheusOptionsValidation>();
        builder.Services.AddSingleton<PrometheusClient>();
        builder.Services.AddSingleton<StoredCharts>();
        builder.Services.AddSingleton<StoredFigures>();
        builder.Services.AddSingleton<RangedFigures>();
        builder.Services.AddHostedService<FiguresSampler>();
    }

    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures", GetPageAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Stream, Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static async Task<RazorComponentResult<FiguresPage>> GetPageAsync(
        RangedFigures figures, string? range, CancellationToken cancellationToken)
    {
        var shown = figures.Find(range);
        return new(new { Figures = await figures.ReadAsync(shown, cancellationToken), Range = shown, figures.Ranges });
    }

    private static IResult Watch(HttpContext http, LongRequests longRequests, RangedFigures figures, string? range) =>
        LiveStream.Of(http, longRequests, Part, cancellationToken => figures.WatchAsync(figures.Find(range), cancellationToken));
}
