using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order is confirmed.</summary>
internal sealed class WriteOrderConfirmed(MessageWriter messages) : IEventBatchHandler<OrderConfirmed>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderConfirmed>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(
            contexts, MessageKind.OrderConfirmed, excluded: [MessageKind.OrderRejected], order => order.OrderId, Values, cancellationToken);

    private static Dictionary<string, string> Values(OrderConfirmed order) => new(StringComparer.Ordinal)
    {
        ["orderId"] = order.OrderId.ToString(),
    };
}
