using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order was cancelled, and that payments are refunded.</summary>
internal sealed class WriteOrderCancelled(MessageWriter messages) : IEventBatchHandler<OrderCancelled>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderCancelled>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(
            contexts, MessageKind.OrderCancelled, excluded: [MessageKind.OrderRejected], order => order.OrderId, Values, cancellationToken);

    private static Dictionary<string, string> Values(OrderCancelled order) => new(StringComparer.Ordinal)
    {
        ["orderId"] = order.OrderId.ToString(),
        ["refund"] = RefundText.Of(order.RefundDue, order.Currency),
    };
}
