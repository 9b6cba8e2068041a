using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Payments;

/// <summary>Tells the customer that money has arrived, and how much is still to be paid.</summary>
internal sealed class WritePaymentReceived(MessageWriter messages) : IEventBatchHandler<PaymentCaptured>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentCaptured>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(
            contexts, MessageKind.PaymentReceived, payment => payment.OrderId, payment => payment.ProviderReference, Values,
            cancellationToken);

    private static Dictionary<string, string> Values(PaymentCaptured payment) => new(StringComparer.Ordinal)
    {
        ["orderId"] = payment.OrderId.ToString(),
        ["amount"] = Money.Text(payment.Amount, payment.Currency),
        ["rest"] = payment.Outstanding switch
        {
            null => "",
            0 => " Your order is paid.",
            { } open => $" {Money.Text(open, payment.Currency)} of your order are still to be paid.",
        },
    };
}
