using Checkout.Api.Database;
using Checkout.Api.Orders;
using Checkout.Api.Orders.Paying;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Refunding;

/// <summary>
/// The refunds that wait to be sent. A taken refund is reserved for its sender until the lease ends. When a refund is due again and a lease
/// ends is said by the database's clock, which all instances have: one of theirs may be wrong, and set right.
/// </summary>
internal sealed class RefundQueue(CheckoutDbContext database, IOutbox outbox, IOptions<PaymentOptions> options, TimeProvider time)
{
    /// <summary>Takes due refunds and commits this before any of them is sent.</summary>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="atMost">Maximum number of refunds.</param>
    /// <param name="cancellationToken">Cancels before anything is taken.</param>
    public async Task<IReadOnlyList<DueRefund>> TakeAsync(Guid lease, int atMost, CancellationToken cancellationToken)
    {
        return await database.Database.SqlQuery<DueRefund>(
            $"""
            WITH due AS MATERIALIZED (
                SELECT provider_reference FROM refunds
                -- The time at which it was requested is the instance's: whatever that is, it is due.
                WHERE state <> 'Refunded' AND (due_at <= now() OR attempts = 0) AND (locked_until IS NULL OR locked_until <= now())
                ORDER BY due_at LIMIT {atMost}
                FOR UPDATE SKIP LOCKED)
            UPDATE refunds r SET lease = {lease}, locked_until = now() + {options.Value.Lease}
            FROM due JOIN payments p USING (provider_reference)
            WHERE r.provider_reference = due.provider_reference
            RETURNING r.provider_reference, p.order_id, p.amount, p.currency, r.reason, r.attempts, r.correlation_id, r.causation_id,
                r.trace_parent
            """).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Records that the provider refunded a payment and publishes the event in the same transaction. It doesn't need the lease, because the
    /// refund has happened. Only the first confirmation counts.
    /// </summary>
    public async Task ConfirmedAsync(DueRefund refund, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"SELECT FROM refunds WHERE provider_reference = {refund.ProviderReference} FOR NO KEY UPDATE", cancellationToken);
        var payment = await database.Payments.Include(p => p.Refund)
            .SingleAsync(p => p.ProviderReference == refund.ProviderReference, cancellationToken);
        if (payment.GiveBack(time.GetUtcTimestamp()) is { } refunded)
        {
            outbox.Add(refunded, refunded.RefundedAt);
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Returns a refund to the queue for a later attempt; it counts as failed if the provider refused it.</summary>
    public Task<int> PostponedAsync(
        DueRefund refund, Guid lease, ProviderOutcome outcome, TimeSpan pause, CancellationToken cancellationToken)
    {
        // A refusal stays visible until the provider answers otherwise.
        var state = outcome.Verdict == ProviderVerdict.Refused ? nameof(RefundState.Failed) : null;
        return database.Database.ExecuteSqlAsync(
            $"""
            UPDATE refunds
            SET state = coalesce({state}, state), due_at = now() + {pause}, last_error = {outcome.Error},
                attempts = attempts + 1,
                lease = NULL, locked_until = NULL
            WHERE provider_reference = {refund.ProviderReference} AND lease = {lease}
            """,
            cancellationToken);
    }

    /// <summary>Returns refunds that were taken and not tried.</summary>
    public Task<int> ReleaseAsync(Guid lease, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"UPDATE refunds SET lease = NULL, locked_until = NULL WHERE lease = {lease}", cancellationToken);

    /// <summary>Measures the waiting refunds.</summary>
    public async Task<RefundBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        var open = database.Refunds.Where(r => r.State != RefundState.Refunded);
        return await open.GroupBy(_ => 1)
            .Select(all => new RefundBacklog(
                all.LongCount(r => r.State == RefundState.Pending), all.LongCount(r => r.State == RefundState.Failed),
                all.Min(r => (DateTimeOffset?)r.RequestedAt)))
            .SingleOrDefaultAsync(cancellationToken) ?? RefundBacklog.None;
    }
}
