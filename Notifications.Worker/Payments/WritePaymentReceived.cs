using System.Globalization;
using EventDriven.Messaging.Consumer;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Payments;

/// <summary>Tells the customer that the money has arrived.</summary>
internal sealed class WritePaymentReceived(MessageWriter messages) : IEventHandler<PaymentCaptured>
{
    public Task HandleAsync(EventContext<PaymentCaptured> context, CancellationToken cancellationToken)
    {
        var payment = context.Data;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["orderId"] = payment.OrderId.ToString(),
            ["amount"] = payment.Amount.ToString("0.00", CultureInfo.InvariantCulture),
            ["currency"] = payment.Currency,
        };
        return messages.WriteAsync(context, MessageKind.PaymentReceived, payment.OrderId, values, cancellationToken);
    }
}
