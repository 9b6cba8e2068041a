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
        var reservations = routes.MapGroup("/reservations");
        reservations.MapPost("/", HoldEndpoint.PostAsync);
        reservations.MapGet("/{orderId:guid}", GetAsync);
    }

    internal static async Task<Results<Ok<ReservationAnswer>, ProblemHttpResult>> GetAsync(
        Guid orderId, InventoryDbContext database, CancellationToken cancellationToken) =>
        await database.Reservations.AsNoTracking().SingleOrDefaultAsync(r => r.OrderId == orderId, cancellationToken) is { } reservation
            ? TypedResults.Ok(ReservationAnswer.From(reservation))
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Inventory knows of no reservation for this order.");
}
