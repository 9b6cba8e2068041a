using System.Text.Json;
using Checkout.Api.Database;
using Checkout.Api.Http;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders.Watching;
using Checkout.Api.Stock;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Places an order once: order, events and the answer to the idempotency key are one transaction, and whoever comes later runs into the
/// key's row and gets its answer. A request that takes longer than its transaction holds the key's lease in Redis meanwhile.
/// </summary>
internal sealed class PlaceOrder(
    CheckoutDbContext database, OrderTransaction transaction, KeyLeases leases, InventoryClient inventory, OrderWatch watch, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly string[] NotEnough = ["Not enough in stock."];

    /// <param name="call">The idempotency key and what was asked for with it.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="waitSeconds">How long to wait for the order's end before answering; null to answer at once.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    public async Task<IResult> ExecuteAsync(IdempotentCall call, NewOrder order, int? waitSeconds, CancellationToken cancellationToken)
    {
        if (waitSeconds is null && !order.IsImmediate)
        {
            // Over as soon as it is committed. A second request with its key waits for that at the key's row, and needs no lease to know.
            return await PlaceAsync(NewOrderId(), call, order, isFinal: true, cancellationToken) is { } placed
                ? new StoredAnswerResult(placed)
                : await RepeatUnlessRunningAsync(call, cancellationToken);
        }

        var wait = TimeSpan.FromSeconds(waitSeconds ?? 0);
        await using var lease = await leases.TakeAsync(call.Key, wait);
        if (lease.State == KeyLeaseState.HeldByAnother)
        {
            return await FindAsync(call, cancellationToken) is { IsFinal: true } answer ? Repeat(answer, call) : StillRunning();
        }

        var id = NewOrderId();
        if (order.IsImmediate)
        {
            // Inventory is asked before the transaction begins, and not again for an order that is there already.
            if (await FindAsync(call, cancellationToken) is { } answer)
            {
                return Repeat(answer, call);
            }

            var reservation = await inventory.HoldAsync(id, order.Lines, cancellationToken);
            if (reservation.State != ReservationState.Held)
            {
                return NotReserved(reservation, order);
            }
        }

        if (await PlaceAsync(id, call, order, isFinal: waitSeconds is null, cancellationToken) is not { } first)
        {
            return await FindAsync(call, cancellationToken) is { } answer ? Repeat(answer, call) : StillRunning();
        }

        if (waitSeconds is null)
        {
            return new StoredAnswerResult(first);
        }

        await watch.UntilEndAsync(id, wait, cancellationToken);
        first.Body = Render((await database.FindAnswerAsync(id, cancellationToken))!);
        await database.StoredAnswers.Where(a => a.Key == call.Key).ExecuteUpdateAsync(
            answer => answer.SetProperty(a => a.Body, first.Body).SetProperty(a => a.IsFinal, true), cancellationToken);
        return new StoredAnswerResult(first, $"wait={waitSeconds}");
    }

    private Guid NewOrderId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Stores the order, its events and its answer; null when the key was used before.</summary>
    private async Task<StoredAnswer?> PlaceAsync(
        Guid id, IdempotentCall call, NewOrder order, bool isFinal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcTimestamp();
        var (placed, fact) = Order.Place(id, order.CustomerId, order.Email, order.Currency, order.Lines, now);
        var confirmed = order.IsImmediate ? placed.Confirm(now) : null;
        var answer = new StoredAnswer
        {
            Key = call.Key,
            RequestHash = call.Hash,
            OrderId = id,
            Status = StatusCodes.Status201Created,
            Location = $"/orders/{id}",
            Body = Render(OrderAnswer.Of(placed)),
            IsFinal = isFinal,
            CreatedAt = now,
        };
        return await transaction.TryCommitAsync(placed, answer, fact, confirmed, cancellationToken) ? answer : null;
    }

    private Task<StoredAnswer?> FindAsync(IdempotentCall call, CancellationToken cancellationToken) =>
        database.StoredAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == call.Key, cancellationToken);

    // The first request is still running when its transaction is, or when it waits for the order's end and so holds its lease.
    private async Task<IResult> RepeatUnlessRunningAsync(IdempotentCall call, CancellationToken cancellationToken) =>
        await FindAsync(call, cancellationToken) is { } answer && (answer.IsFinal || !await leases.IsHeldAsync(call.Key))
            ? Repeat(answer, call)
            : StillRunning();

    private static IResult Repeat(StoredAnswer answer, IdempotentCall call) => answer.RequestHash.AsSpan().SequenceEqual(call.Hash)
        ? new StoredAnswerResult(answer)
        : Problems.Unprocessable(IdempotencyKey.Header, "Was used for another request; take a new key for a new order.");

    private static RetryLater StillRunning() =>
        new(Problems.Conflict(IdempotencyKey.Header, "The first request with this key is still running."), RetryAfter);

    private static IResult NotReserved(Reservation reservation, NewOrder order) => reservation.State == ReservationState.Refused
        ? OutOfStock(reservation.Skus, order)
        : new RetryLater(
            Problems.Of(StatusCodes.Status503ServiceUnavailable, "reservation", "Inventory did not answer in time; nothing was ordered."), RetryAfter);

    private static ProblemHttpResult OutOfStock(IReadOnlyList<string> skus, NewOrder order) => Problems.Of(
        StatusCodes.Status409Conflict,
        "There is not enough in stock; nothing was ordered.",
        order.Lines.Where(l => skus.Contains(l.Sku)).ToDictionary(l => $"lines[{l.Number - 1}].sku", _ => NotEnough),
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["skus"] = skus.ToArray() });

    private static byte[] Render(OrderAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, CheckoutJson.Default.OrderAnswer);
}
