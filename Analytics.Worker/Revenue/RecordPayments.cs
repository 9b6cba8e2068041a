using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Records payments.</summary>
internal sealed class RecordPayments(AnalyticsDbContext database) : IEventBatchHandler<PaymentCaptured>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<PaymentCaptured>> contexts, CancellationToken cancellationToken)
    {
        var payments = contexts.Select(c => c.Data).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments (order_id, provider_reference, amount, currency, captured_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(payments, p => p.OrderId)},
                {Array.ConvertAll(payments, p => p.ProviderReference)},
                {Array.ConvertAll(payments, p => p.Amount)},
                {Array.ConvertAll(payments, p => p.Currency)},
                {Array.ConvertAll(payments, p => p.CapturedAt.ToUniversalTime())})
            ON CONFLICT (order_id, provider_reference) DO UPDATE SET amount = payments.amount
            WHERE (payments.amount, payments.currency, payments.captured_at) = (excluded.amount, excluded.currency, excluded.captured_at)
            """,
            cancellationToken);
        if (recorded < payments.Length)
        {
            await CompareAsync(payments, cancellationToken);
        }
    }

    private async Task CompareAsync(PaymentCaptured[] payments, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(payments, p => p.OrderId);
        var stored = await database.Payments.AsNoTracking().Where(p => ids.Contains(p.OrderId)).ToDictionaryAsync(
            p => (p.OrderId, p.ProviderReference), p => new MovedMoney(p.Amount, p.Currency, p.CapturedAt), cancellationToken);
        foreach (var payment in payments)
        {
            stored[(payment.OrderId, payment.ProviderReference)]
                .Compare(new MovedMoney(payment.Amount, payment.Currency, payment.CapturedAt), "capturedAt");
        }
    }
}
