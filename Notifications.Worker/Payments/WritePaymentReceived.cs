using System.Globalization;
using EventDriven.Messaging.Consumer;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Payments;

/// <summary>Tells the customer that the money has arrived.</summary>
internal sealed class WritePaymentReceived(MessageWriter messages) : IEventBatchHandler<PaymentCaptured>
{
    public Task HandleAsync(IReadOnlyList<EventContext<PaymentCaptured>> contexts, CancellationToken cancellationToken) =>
        messages.WriteAsync(contexts, MessageKind.PaymentReceived, payment => payment.OrderId, Values, cancellationToken);

    private static Dictionary<string, string> Values(PaymentCaptured payment) => new(StringComparer.Ordinal)
    {
        ["orderId"] = payment.OrderId.ToString(),
        ["amount"] = payment.Amount.ToString("0.00", CultureInfo.InvariantCulture),
        ["currency"] = payment.Currency,
    };
}
