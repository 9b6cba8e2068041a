using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Payments;

/// <summary>Tells the customer that a payment was refunded.</summary>
internal sealed class WritePaymentRefunded(MessageWriter messages) : IEventBatchHandler<PaymentRefunded>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentRefunded>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(
            contexts, MessageKind.PaymentRefunded, payment => payment.OrderId, payment => payment.ProviderReference, Values,
            cancellationToken);

    private static Dictionary<string, string> Values(PaymentRefunded payment) => new(StringComparer.Ordinal)
    {
        ["orderId"] = payment.OrderId.ToString(),
        ["amount"] = Money.Text(payment.Amount, payment.Currency),
    };
}
