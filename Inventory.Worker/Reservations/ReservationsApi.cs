using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;
using Inventory.Worker.Database;
using Inventory.Worker.Reservations.Hold;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Reservations;

/// <summary>The stock that is set aside for orders.</summary>
internal static class ReservationsApi
{
    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapGroup("/reservations").WithTags("Reservations");
        reservations.MapPost("/", HoldEndpoint.PostAsync)
            .WithName("HoldStock")
            .WithSummary("Holds all lines of an order or none, and answers at once.")
            .RequireAuthorization(Policies.Services)
            .ProducesProblems(400, 409, 413, 415, 422, 503)
            .WithExample(HoldEndpoint.Example)
            .WithMetadata(RepeatRule.Idempotent)
            .ReserveConcurrency();
        reservations.MapGet("/{orderId:guid}", GetAsync)
            .WithName("GetReservation")
            .WithSummary("What became of an order's stock.")
            .RequireAuthorization(Scopes.StockRead)
            .ProducesProblems(404, 503)
            .WithExample(NewestAsync);
    }

    internal static async Task<Results<Ok<ReservationAnswer>, ProblemHttpResult>> GetAsync(
        Guid orderId, InventoryDbContext database, CancellationToken cancellationToken) =>
        await database.Reservations.AsNoTracking().SingleOrDefaultAsync(r => r.OrderId == orderId, cancellationToken) is { } reservation
            ? TypedResults.Ok(ReservationAnswer.From(reservation))
            : Problems.NotFound("orderId", "Inventory knows of no reservation for this order.");

    private static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var reservations = services.GetRequiredService<InventoryDbContext>().Reservations;
        var newest = await reservations.OrderByDescending(r => r.OrderId).Select(r => (Guid?)r.OrderId)
            .FirstOrDefaultAsync(cancellationToken);
        return newest is { } orderId ? ApiExample.Of("orderId", orderId.ToString()) : null;
    }
}
