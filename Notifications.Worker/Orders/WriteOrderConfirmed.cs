using EventDriven.Messaging.Consumer;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order is confirmed.</summary>
internal sealed class WriteOrderConfirmed(MessageWriter messages) : IEventHandler<OrderConfirmed>
{
    public Task HandleAsync(EventContext<OrderConfirmed> context, CancellationToken cancellationToken) => messages.WriteAsync(
        context,
        MessageKind.OrderConfirmed,
        context.Data.OrderId,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["orderId"] = context.Data.OrderId.ToString() },
        cancellationToken);
}
