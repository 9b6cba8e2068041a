using Checkout.Api.Http;
using Checkout.Api.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Orders.Placing;

/// <summary><c>POST /orders</c>.</summary>
internal static class PlaceOrderEndpoint
{
    public static void MapPlaceOrder(this RouteGroupBuilder orders) => orders.MapPost("/", HandleAsync)
        .WithName("PlaceOrder")
        .WithSummary("Places an order.")
        .WithDescription(
            "The same `Idempotency-Key` with the same body gives the first answer again. `Prefer: wait=N` (1 to 30 s) answers when the order is " +
            "confirmed, rejected or cancelled, or after N seconds with the state so far.")
        .RequiresHeader(IdempotencyKey.Header)
        .Produces<OrderAnswer>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        [FromHeader(Name = "Prefer")] string? prefer,
        PlaceOrderRequest request,
        PlaceOrder placeOrder,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is null || !IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.BadRequest(IdempotencyKey.Header, $"Must be given: 1 to {IdempotencyKey.MaxLength} visible ASCII characters.");
        }

        var errors = new FieldErrors();
        if (PlaceOrderValidation.Validate(request, errors) is not { } order)
        {
            return errors.ToProblem();
        }

        var call = IdempotentCall.Of(idempotencyKey, request, CheckoutJson.Default.PlaceOrderRequest);
        return await placeOrder.ExecuteAsync(call, order, WaitPreference.Parse(prefer), cancellationToken);
    }
}
