using Analytics.Worker.Database;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Customers;

/// <summary>Figures about customers.</summary>
internal static class SignUpsApi
{
    public static void MapSignUps(this IEndpointRouteBuilder routes) => routes.MapGet("/sign-ups", GetAsync)
        .WithName("GetSignUps")
        .WithSummary("How many customers have signed up.")
        .ProducesProblems(503);

    internal static async Task<Ok<SignUpFigures>> GetAsync(AnalyticsDbContext database, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SignUpFigures(await database.SignUps.LongCountAsync(cancellationToken)));
}
