using System.Text.Json;
using Checkout.Api.Database;
using Checkout.Api.Http;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders.Watching;
using Checkout.Api.Stock;
using EventDriven.Messaging.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Places an order once: order, events and the answer to the idempotency key are one transaction. Redis sees a request that is still
/// running; whoever comes later runs into the key's row and gets its answer.
/// </summary>
internal sealed class PlaceOrder(
    CheckoutDbContext database, IOutbox outbox, KeyLeases leases, InventoryClient inventory, OrderWatch watch, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly string[] NotEnough = ["Not enough in stock."];

    /// <param name="call">The idempotency key and what was asked for with it.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="waitSeconds">How long to wait for the order's end before answering; null to answer at once.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    public async Task<IResult> ExecuteAsync(IdempotentCall call, NewOrder order, int? waitSeconds, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(waitSeconds ?? 0);
        await using var lease = await leases.TakeAsync(call.Key, wait);
        if (lease.State == KeyLeaseState.HeldByAnother)
        {
            return await FindAsync(call, cancellationToken) is { IsFinal: true } answer ? Repeat(answer, call) : StillRunning();
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
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

        var first = Place(id, call, order, isFinal: waitSeconds is null);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateOn(StoredAnswerConfiguration.Table))
        {
            database.ChangeTracker.Clear();
            return Repeat(await database.StoredAnswers.SingleAsync(a => a.Key == call.Key, cancellationToken), call);
        }

        if (waitSeconds is null)
        {
            return new StoredAnswerResult(first);
        }

        await watch.UntilEndAsync(id, wait, cancellationToken);
        first.Body = Render((await database.FindAnswerAsync(id, cancellationToken))!);
        first.IsFinal = true;
        await database.SaveChangesAsync(cancellationToken);
        return new StoredAnswerResult(first, $"wait={waitSeconds}");
    }

    private StoredAnswer Place(Guid id, IdempotentCall call, NewOrder order, bool isFinal)
    {
        var now = time.GetUtcTimestamp();
        var (placed, fact) = Order.Place(id, order.CustomerId, order.Email, order.Currency, order.Lines, now);
        outbox.Add(fact, fact.PlacedAt);
        if (order.IsImmediate && placed.Confirm(now) is { } confirmed)
        {
            outbox.Add(confirmed, confirmed.ConfirmedAt);
        }

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
        database.Add(placed);
        database.Add(answer);
        return answer;
    }

    private Task<StoredAnswer?> FindAsync(IdempotentCall call, CancellationToken cancellationToken) =>
        database.StoredAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == call.Key, cancellationToken);

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
