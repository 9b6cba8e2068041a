using EventDriven.Messaging.Consumer;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order was cancelled.</summary>
internal sealed class WriteOrderCancelled(MessageWriter messages) : IEventHandler<OrderCancelled>
{
    public Task HandleAsync(EventContext<OrderCancelled> context, CancellationToken cancellationToken) => messages.WriteAsync(
        context,
        MessageKind.OrderCancelled,
        context.Data.OrderId,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["orderId"] = context.Data.OrderId.ToString() },
        cancellationToken);
}
