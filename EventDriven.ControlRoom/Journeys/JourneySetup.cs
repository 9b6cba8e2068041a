using EventDriven.ControlRoom.Journeys.Reading;
using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Journeys;

/// <summary>The page of the way of an order.</summary>
internal static class JourneySetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "journey";

    /// <summary>Address of the page.</summary>
    public const string Path = "/journeys";

    private const int LongestText = 200;

    /// <summary>Address of an order's page.</summary>
    public static string Of(Guid orderId) => $"{Path}?order={orderId}";

    /// <summary>Address of an order's stream.</summary>
    public static string StreamOf(Guid orderId) => $"/live/journeys?order={orderId}";

    public static void AddJourneys(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JourneyReader>();
        builder.Services.AddSingleton<JourneySearch>();
        builder.Services.AddSingleton<JourneyFragments>();
    }

    public static void MapJourneys(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, GetAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet("/live/journeys", Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static async Task<IResult> GetAsync(
        string? q, string? order, JourneyReader reader, JourneySearch search, CancellationToken cancellationToken)
    {
        var text = (q ?? order)?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestText)] : null;
        if (text is null)
        {
            return Page(text, journey: null, await search.LatestAsync(cancellationToken));
        }

        if (Guid.TryParse(text, out var id) && await reader.ReadAsync(id, cancellationToken) is { Events.Count: > 0 } journey)
        {
            // The address of an order has its id, however it was asked for.
            return order is null ? TypedResults.LocalRedirect(Of(id)) : Page(text, journey, found: null);
        }

        return Page(text, journey: null, await search.FindAsync(text, cancellationToken));
    }

    private static RazorComponentResult<JourneyPage> Page(string? text, OrderJourney? journey, FoundJourneys? found) =>
        new(new { Text = text, Journey = journey, Found = found });

    private static IResult Watch(HttpContext http, LongRequests longRequests, JourneyFragments fragments, string? order) =>
        Guid.TryParse(order, out var id)
            ? LiveStream.Of(http, longRequests, Part, cancellationToken => fragments.WatchAsync(id, cancellationToken))
            : TypedResults.NotFound();
}
