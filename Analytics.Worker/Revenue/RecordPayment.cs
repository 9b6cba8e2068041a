using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Records a payment.</summary>
internal sealed class RecordPayment(AnalyticsDbContext database) : IEventHandler<PaymentCaptured>
{
    public Task HandleAsync(EventContext<PaymentCaptured> context, CancellationToken cancellationToken)
    {
        var payment = context.Data;
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments (order_id, provider_reference, amount, currency, captured_at)
            VALUES ({payment.OrderId}, {payment.ProviderReference}, {payment.Amount}, {payment.Currency}, {payment.CapturedAt.ToUniversalTime()})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
