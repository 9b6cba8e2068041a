using Checkout.Api.Database;
using Checkout.Api.Orders.Watching;
using EventDriven.Messaging.Outbox;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Orders.Cancelling;

/// <summary><c>POST /orders/{id}/cancel</c>.</summary>
internal static class CancelOrderEndpoint
{
    public static void MapCancelOrder(this RouteGroupBuilder orders) => orders.MapPost("/{id:guid}/cancel", HandleAsync)
        .WithName("CancelOrder")
        .WithSummary("Cancels an order that is placed or confirmed; repeating it changes nothing.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .WithExample(OrderExamples.OpenAsync)
        .WithMetadata(RepeatRule.Idempotent);

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> HandleAsync(
        Guid id, CheckoutDbContext database, IOutbox outbox, OrderChanges changes, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = await database.RetryLostRacesAsync(async () =>
        {
            var order = await database.LoadOrderAsync(id, cancellationToken);
            if (order?.Cancel(time.GetUtcTimestamp()) is { } cancelled)
            {
                outbox.Add(cancelled, cancelled.CancelledAt);
                await database.SaveChangesAsync(cancellationToken);
                changes.Announce(id);
            }

            return order?.State;
        });

        return state switch
        {
            null => OrderProblems.Unknown(id),
            OrderState.Cancelled => TypedResults.Ok(await database.FindAnswerAsync(id, cancellationToken)),
            _ => Problems.Conflict("id", "The order was rejected; there is nothing to cancel."),
        };
    }
}
