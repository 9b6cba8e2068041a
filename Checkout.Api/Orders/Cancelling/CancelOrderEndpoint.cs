using System.Security.Claims;
using Checkout.Api.Callers;
using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Orders.Watching;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Cancelling;

/// <summary><c>POST /orders/{id}/cancel</c>.</summary>
internal static class CancelOrderEndpoint
{
    public static void MapCancelOrder(this RouteGroupBuilder orders) => orders.MapPost("/{id:guid}/cancel", HandleAsync)
        .WithName("CancelOrder")
        .WithSummary("Cancels an order that is placed or confirmed, and refunds what was paid; repeating it changes nothing.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .WithExample(OrderExamples.OpenAsync)
        .WithMetadata(RepeatRule.Idempotent);

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> HandleAsync(
        Guid id,
        ClaimsPrincipal user,
        CheckoutDbContext database,
        IOutbox outbox,
        OrderChanges changes,
        RefundSignal refunds,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        // Before the lock, for which a stranger could make the order's owner wait.
        if (Caller.Of(user) is { IsBackOffice: false, Customer: var own }
            && !await database.Orders.AnyAsync(o => o.Id == id && o.CustomerId == own, cancellationToken))
        {
            return OrderProblems.Unknown(id);
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var order = await database.LockOrderAsync(id, cancellationToken);
        if (order?.Cancel(time.GetUtcTimestamp()) is { } cancelled)
        {
            outbox.Add(cancelled, cancelled.CancelledAt);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            changes.Announce(id);
            refunds.Set();
        }
        else
        {
            await transaction.RollbackAsync(cancellationToken);
        }

        return order?.State switch
        {
            null => OrderProblems.Unknown(id),
            OrderState.Cancelled => TypedResults.Ok(await database.FindAnswerAsync(id, cancellationToken)),
            _ => Problems.Conflict("id", "The order was rejected; there is nothing to cancel."),
        };
    }
}
