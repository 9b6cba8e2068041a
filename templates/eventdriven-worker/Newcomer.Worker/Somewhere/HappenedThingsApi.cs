using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Newcomer.Namespace.Worker.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>What was recorded.</summary>
internal static class HappenedThingsApi
{
//#if (isPayment)
    public static void MapHappenedThings(this IEndpointRouteBuilder routes) => routes
        .MapGet("/happened-things/{subjectId:guid}", GetAsync)
        .WithTags("HappenedThings")
        .WithName("GetHappenedThings")
        .RequireAuthorization(Scopes.AnalyticsRead)
        .WithSummary("The happened things of an order.")
        .ProducesProblems(503);

    private static async Task<Ok<List<HappenedThing>>> GetAsync(
        Guid subjectId, ArrivalDbContext database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.HappenedThings.AsNoTracking()
            .Where(happenedOne => happenedOne.SubjectId == subjectId)
            .OrderBy(happenedOne => happenedOne.ProviderReference)
            .ToListAsync(cancellationToken));
//#else
    public static void MapHappenedThings(this IEndpointRouteBuilder routes) => routes
        .MapGet("/happened-things/{subjectId:guid}", GetAsync)
        .WithTags("HappenedThings")
        .WithName("GetHappenedThing")
        .RequireAuthorization(Scopes.AnalyticsRead)
        .WithSummary("A happened thing.")
        .ProducesProblems(404, 503);

    private static async Task<Results<Ok<HappenedThing>, ProblemHttpResult>> GetAsync(
        Guid subjectId, ArrivalDbContext database, CancellationToken cancellationToken) =>
        await database.HappenedThings.AsNoTracking().SingleOrDefaultAsync(
            happenedOne => happenedOne.SubjectId == subjectId, cancellationToken) is { } happenedOne
            ? TypedResults.Ok(happenedOne)
            : Problems.NotFound("subjectId", "SomethingHappened has not been handled for this subject.");
//#endif
}
