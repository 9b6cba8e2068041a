using Microsoft.AspNetCore.Http.HttpResults;

namespace Storefront.Shipping;

/// <summary>Shows shipments.</summary>
internal static class ShipmentsApi
{
    public static void MapShipments(this IEndpointRouteBuilder routes) => routes.MapGet("/shipments/{orderId:guid}", GetAsync);

    private static async Task<Results<Ok<Shipment>, NotFound>> GetAsync(
        Guid orderId, ShippingDbContext database, CancellationToken cancellationToken) =>
        await database.Shipments.FindAsync([orderId], cancellationToken) is { } shipment
            ? TypedResults.Ok(shipment)
            : TypedResults.NotFound();
}
