using System.Globalization;
using System.Text.Json;
using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders.Watching;
using Checkout.Api.Stock;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Places an order once: order, events and the answer for the idempotency key are stored in one transaction. A later request with the key
/// finds the key's row and gets its answer. A request that works before or after its transaction also holds the key's lease in Redis.
/// </summary>
internal sealed class PlaceOrder(
    CheckoutDbContext database,
    FirstAnswers answers,
    OrderTransaction transaction,
    KeyLeases leases,
    InventoryClient inventory,
    OrderWatch watch,
    FinalAnswerSlots finalAnswers,
    TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly string[] NotEnough = ["Not enough in stock."];

    /// <param name="call">The idempotency key and the request's hash.</param>
    /// <param name="order">The order.</param>
    /// <param name="waitSeconds">How long to wait for the order's final state before answering; null to answer at once.</param>
    /// <param name="beginWait">Asks whether the request may wait; false if too many do.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    public async Task<IResult> ExecuteAsync(
        IdempotentCall call, NewOrder order, int? waitSeconds, Func<bool> beginWait, CancellationToken cancellationToken)
    {
        if (waitSeconds is null && !order.IsImmediate)
        {
            // The request ends with its commit. A second request with the key waits for that at the key's row and needs no lease.
            var (placed, outcome) = await PlaceAsync(NewOrderId(), call, order, isFinal: true, cancellationToken);
            return outcome == PlacingOutcome.Placed
                ? new StoredAnswerResult(placed)
                : await RepeatUnlessRunningAsync(call, outcome, cancellationToken);
        }

        var wait = TimeSpan.FromSeconds(waitSeconds ?? 0);
        await using var lease = await leases.TakeAsync(call.Key, wait);
        if (lease.State == KeyLeaseState.HeldByAnother)
        {
            return await answers.FindAsync(call, cancellationToken) is { IsFinal: true } answer
                ? FirstAnswers.Repeat(answer, call)
                : FirstAnswers.StillRunning();
        }

        var id = NewOrderId();
        if (order.IsImmediate)
        {
            // Inventory is asked before the transaction begins, and not again if the order exists already.
            if (await answers.FinishAsync(call, cancellationToken) is { } answer)
            {
                return FirstAnswers.Repeat(answer, call);
            }

            var reservation = await inventory.HoldAsync(id, order.Lines, cancellationToken);
            if (reservation.State != ReservationState.Held)
            {
                return NotReserved(reservation, order);
            }
        }

        var (first, result) = await PlaceAsync(id, call, order, isFinal: waitSeconds is null, cancellationToken);
        if (result != PlacingOutcome.Placed)
        {
            return await answers.FinishAsync(call, cancellationToken) is { } answer
                ? FirstAnswers.Repeat(answer, call)
                : NotPlaced(result);
        }

        // Without a wait that was wished for, the order is placed all the same (RFC 7240).
        if (waitSeconds is null || !beginWait())
        {
            return new StoredAnswerResult(first);
        }

        return await AnswerAfterAsync(first, wait, cancellationToken);
    }

    /// <summary>Waits for the order's end state and makes it the answer, unless the database is away or has too much to do.</summary>
    private async Task<IResult> AnswerAfterAsync(StoredAnswer first, TimeSpan wait, CancellationToken cancellationToken)
    {
        byte[]? body = null;
        try
        {
            await watch.UntilEndAsync(first.ResourceId, wait, cancellationToken);
            using var slot = await finalAnswers.TakeAsync(cancellationToken);
            if (slot is null)
            {
                return new StoredAnswerResult(first);
            }

            body = Render((await database.FindAnswerAsync(first.ResourceId, cancellationToken))!);
            return new StoredAnswerResult(
                await answers.FinishAsync(first, body, cancellationToken),
                string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds:0}"));
        }
        catch (Exception exception) when (body is null && DatabaseFailures.CodeOf(exception) is not null)
        {
            // The order is placed, so answer without honouring the preference (RFC 7240). After the update was sent, only a repeat can tell
            // which answer is stored.
            return new StoredAnswerResult(first);
        }
    }

    private Guid NewOrderId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Stores the order, its events and its answer.</summary>
    private async Task<(StoredAnswer Answer, PlacingOutcome Outcome)> PlaceAsync(
        Guid id, IdempotentCall call, NewOrder order, bool isFinal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcTimestamp();
        var (placed, fact) = Order.Place(id, order.CustomerId, order.Email, order.Currency, order.Lines, now);
        var confirmed = order.IsImmediate ? placed.Confirm(now) : null;
        var answer = new StoredAnswer
        {
            Key = call.Key,
            RequestHash = call.Hash,
            ResourceId = id,
            Status = StatusCodes.Status201Created,
            Location = $"/orders/{id}",
            Body = Render(OrderAnswer.Of(placed)),
            IsFinal = isFinal,
            CreatedAt = now,
        };
        return (answer, await transaction.CommitAsync(placed, answer, fact, confirmed, cancellationToken));
    }

    // The first request is still running if its transaction is, or if it holds its lease while it waits for the order's final state.
    private async Task<IResult> RepeatUnlessRunningAsync(
        IdempotentCall call, PlacingOutcome outcome, CancellationToken cancellationToken) =>
        await answers.FindAsync(call, cancellationToken) is { } answer && (answer.IsFinal || !await leases.IsHeldAsync(call.Key))
            ? FirstAnswers.Repeat(answer.IsFinal ? answer : (await answers.FinishAsync(call, cancellationToken))!, call)
            : NotPlaced(outcome);

    private static IResult NotPlaced(PlacingOutcome outcome) => outcome == PlacingOutcome.CustomerForgotten
        ? Problems.Conflict(
            "customerId", "The customer was forgotten, and orders no more; nothing was ordered.", CheckoutProblemCodes.CustomerForgotten)
        : FirstAnswers.StillRunning();

    private static IResult NotReserved(Reservation reservation, NewOrder order) => reservation.State == ReservationState.Refused
        ? OutOfStock(reservation.Skus, order)
        : new RetryLater(
            Problems.Of(
                StatusCodes.Status503ServiceUnavailable,
                "reservation",
                "Inventory did not answer in time; nothing was ordered.",
                CheckoutProblemCodes.InventoryAway),
            RetryAfter);

    private static ProblemHttpResult OutOfStock(IReadOnlyList<string> skus, NewOrder order) => Problems.Of(
        StatusCodes.Status409Conflict,
        "There is not enough in stock; nothing was ordered.",
        order.Lines.Where(l => skus.Contains(l.Sku)).ToDictionary(l => $"lines[{l.Number - 1}].sku", _ => NotEnough),
        CheckoutProblemCodes.OutOfStock,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["skus"] = skus.ToArray() });

    private static byte[] Render(OrderAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, CheckoutJson.Default.OrderAnswer);
}
