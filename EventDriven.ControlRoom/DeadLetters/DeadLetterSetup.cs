using EventDriven.ControlRoom.Live;
using EventDriven.Identity;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Dead letters: what could not be handled, what waits behind it, and what to do.</summary>
internal static class DeadLetterSetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "dead-letters";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/dead-letters";

    public const string Redrive = $"{DeadLetterChoice.Path}/redrive";
    public const string Discard = $"{DeadLetterChoice.Path}/discard";

    public static void AddDeadLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveFeed<DeadLetterOverview>>();
        builder.Services.AddSingleton<DeadLetterReader>();
        builder.Services.AddSingleton<DeadLetterStream>();
        builder.Services.AddHostedService<DeadLetterSampler>();
    }

    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        app.MapGet(DeadLetterChoice.Path, DeadLetterEndpoints.ListAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Stream, DeadLetterEndpoints.Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
        app.MapGet($"{DeadLetterChoice.Path}/{{group}}/{{id:long}}", DeadLetterEndpoints.FindAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Redrive, RedriveEndpoints.PreviewAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapPost(Redrive, RedriveEndpoints.MakeAsync).RequireAuthorization(Scopes.OpsWrite);
        app.MapGet(Discard, DiscardEndpoints.PreviewAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapPost(Discard, DiscardEndpoints.MakeAsync).RequireAuthorization(Scopes.OpsWrite);
    }
}
