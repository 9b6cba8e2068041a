using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Records payments.</summary>
internal sealed class RecordPayments(AnalyticsDbContext database) : IEventBatchHandler<PaymentCaptured>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentCaptured>> contexts, CancellationToken cancellationToken)
    {
        var payments = contexts.Select(c => c.Data).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments (order_id, provider_reference, amount, currency, captured_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(payments, p => p.OrderId)},
                {Array.ConvertAll(payments, p => p.ProviderReference)},
                {Array.ConvertAll(payments, p => p.Amount)},
                {Array.ConvertAll(payments, p => p.Currency)},
                {Array.ConvertAll(payments, p => p.CapturedAt.ToUniversalTime())})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
