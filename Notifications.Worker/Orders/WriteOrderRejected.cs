using EventDriven.Messaging.Consumer;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order can't be fulfilled, and on which SKUs.</summary>
internal sealed class WriteOrderRejected(MessageWriter messages) : IEventHandler<OrderRejected>
{
    public Task HandleAsync(EventContext<OrderRejected> context, CancellationToken cancellationToken) => messages.WriteAsync(
        context,
        MessageKind.OrderRejected,
        context.Data.OrderId,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["orderId"] = context.Data.OrderId.ToString(), ["skus"] = string.Join(", ", context.Data.Skus) },
        cancellationToken);
}
