using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Records payments that went back.</summary>
internal sealed class RecordRefunds(AnalyticsDbContext database) : IEventBatchHandler<PaymentRefunded>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentRefunded>> contexts, CancellationToken cancellationToken)
    {
        var refunds = contexts.Select(c => c.Data).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO refunds (order_id, provider_reference, amount, currency, refunded_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(refunds, r => r.OrderId)},
                {Array.ConvertAll(refunds, r => r.ProviderReference)},
                {Array.ConvertAll(refunds, r => r.Amount)},
                {Array.ConvertAll(refunds, r => r.Currency)},
                {Array.ConvertAll(refunds, r => r.RefundedAt.ToUniversalTime())})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
