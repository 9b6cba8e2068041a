using Analytics.Worker.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Customers;

/// <summary>Figures about customers.</summary>
internal static class SignUpsApi
{
    public static void MapSignUps(this IEndpointRouteBuilder routes) => routes.MapGet("/sign-ups", GetAsync);

    internal static async Task<Ok<SignUpFigures>> GetAsync(AnalyticsDbContext database, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SignUpFigures(await database.SignUps.LongCountAsync(cancellationToken)));
}
