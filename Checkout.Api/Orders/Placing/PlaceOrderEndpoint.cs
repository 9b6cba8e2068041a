using Checkout.Api.Callers;
using Checkout.Api.Idempotency;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Orders.Placing;

/// <summary><c>POST /orders</c>.</summary>
internal static class PlaceOrderEndpoint
{
    public static void MapPlaceOrder(this RouteGroupBuilder orders) => orders.MapPost("/", HandleAsync)
        .WithName("PlaceOrder")
        .WithSummary("Places an order.")
        .WithDescription(
            "The same `Idempotency-Key` with the same body gives the first answer again. `Prefer: wait=N` (1 to 30 s) "
            + "answers when the order is " +
            "confirmed, rejected or cancelled, or after N seconds with the state so far.")
        .RequiresHeader(IdempotencyKey.Header)
        .Produces<OrderAnswer>(StatusCodes.Status201Created)
        .ProducesProblems(400, 409, 413, 415, 422, 429, 503)
        .WithExample(OrderExamples.Place)
        .WithMetadata(RepeatRule.SameKey)

        // Its waits have their own timeouts, and a timer for each order would cost more than everything else here.
        .DisableRequestTimeout();

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        [FromHeader(Name = "Prefer")] string? prefer,
        PlaceOrderRequest request,
        HttpContext http,
        PlaceOrder placeOrder,
        LongRequests longRequests,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is null || !IdempotencyKey.IsValid(idempotencyKey))
        {
            return IdempotencyKey.Problem();
        }

        var errors = new FieldErrors();
        if (PlaceOrderValidation.Validate(request, errors) is not { } order)
        {
            return errors.ToProblem();
        }

        var caller = Caller.Of(http.User);
        if (caller.Refuse(order.CustomerId, order.Email) is { } refusal)
        {
            return refusal;
        }

        var call = IdempotentCall.Of(caller, idempotencyKey, request.AsUnderstood(order), CheckoutJson.Default.PlaceOrderRequest);
        return await placeOrder.ExecuteAsync(
            call, order, WaitPreference.Parse(prefer), beginWait: () => longRequests.Begin(http) is null, cancellationToken);
    }
}
