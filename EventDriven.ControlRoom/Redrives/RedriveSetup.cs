using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.Layout;
using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Redrives;

/// <summary>How far redrives are, and the page of a change.</summary>
internal static class RedriveSetup
{
    /// <summary>Address before the id of a change.</summary>
    public const string Changes = "/changes";

    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "change";

    /// <summary>Address of its stream, before the id of the change.</summary>
    public const string Stream = "/live/changes";

    public static void AddRedrives(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RedriveReader>();
        builder.Services.AddSingleton<RedriveFragments>();
    }

    public static void MapRedrives(this IEndpointRouteBuilder app)
    {
        app.MapGet($"{Changes}/{{id:guid}}", FindAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet($"{Stream}/{{id:guid}}", Watch).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static async Task<RazorComponentResult> FindAsync(
        Guid id, AuditedChanges trail, RedriveReader redrives, CancellationToken cancellationToken)
    {
        var found = await trail.FindAsync(id, cancellationToken);
        var details = new ChangeDetails(
            id,
            found is [var recorded, ..] ? recorded : null,
            TrailAnswers: found is not null,
            await redrives.FindAsync(id, cancellationToken));
        return details is { Recorded: null, TrailAnswers: true, Redrives: [] }
            ? new RazorComponentResult<NotFoundPage>(new { Message = $"The audit trail has no change {id}." })
            {
                StatusCode = StatusCodes.Status404NotFound,
            }
            : new RazorComponentResult<ChangeDetailsPage>(new { Details = details });
    }

    private static IResult Watch(Guid id, HttpContext http, LongRequests longRequests, RedriveFragments fragments) =>
        LiveStream.Of(http, longRequests, Part, cancellationToken => fragments.WatchAsync(id, cancellationToken));
}
