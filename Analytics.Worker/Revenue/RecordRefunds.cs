using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Records refunds.</summary>
internal sealed class RecordRefunds(AnalyticsDbContext database) : IEventBatchHandler<PaymentRefunded>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<PaymentRefunded>> contexts, CancellationToken cancellationToken)
    {
        var refunds = contexts.Select(c => c.Data).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO refunds (order_id, provider_reference, amount, currency, refunded_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(refunds, r => r.OrderId)},
                {Array.ConvertAll(refunds, r => r.ProviderReference)},
                {Array.ConvertAll(refunds, r => r.Amount)},
                {Array.ConvertAll(refunds, r => r.Currency)},
                {Array.ConvertAll(refunds, r => r.RefundedAt.ToUniversalTime())})
            ON CONFLICT (order_id, provider_reference) DO UPDATE SET amount = refunds.amount
            WHERE (refunds.amount, refunds.currency, refunds.refunded_at) = (excluded.amount, excluded.currency, excluded.refunded_at)
            """,
            cancellationToken);
        if (recorded < refunds.Length)
        {
            await CompareAsync(refunds, cancellationToken);
        }
    }

    private async Task CompareAsync(PaymentRefunded[] refunds, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(refunds, r => r.OrderId);
        var stored = await database.Refunds.AsNoTracking().Where(r => ids.Contains(r.OrderId)).ToDictionaryAsync(
            r => (r.OrderId, r.ProviderReference), r => new MovedMoney(r.Amount, r.Currency, r.RefundedAt), cancellationToken);
        foreach (var refund in refunds)
        {
            stored[(refund.OrderId, refund.ProviderReference)]
                .Compare(new MovedMoney(refund.Amount, refund.Currency, refund.RefundedAt), "refundedAt");
        }
    }
}
