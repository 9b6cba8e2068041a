using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Payments;

/// <summary>Tells the customer that the order refused a payment, and that it is refunded.</summary>
internal sealed class WritePaymentRefused(MessageWriter messages) : IEventBatchHandler<PaymentRefused>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentRefused>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(
            contexts, MessageKind.PaymentRefused, payment => payment.OrderId, payment => payment.ProviderReference, Values,
            cancellationToken);

    private static Dictionary<string, string> Values(PaymentRefused payment) => new(StringComparer.Ordinal)
    {
        ["orderId"] = payment.OrderId.ToString(),
        ["amount"] = Money.Text(payment.Amount, payment.Currency),

        // The mail is written even if this version doesn't know the reason.
        ["why"] = payment.Reason switch
        {
            "order-cancelled" => "the order was cancelled",
            "order-rejected" => "the order cannot be fulfilled",
            "exceeds-total" => "that is more than was still to be paid",
            _ => "the order does not need it",
        },
    };
}
