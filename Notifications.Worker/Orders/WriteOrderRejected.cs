using EventDriven.Messaging;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order can't be fulfilled, and which SKUs are missing.</summary>
internal sealed class WriteOrderRejected(MessageWriter messages) : IEventBatchHandler<OrderRejected>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderRejected>> contexts, CancellationToken cancellationToken) =>
        messages.WriteOnceAsync(contexts, MessageKind.OrderRejected, excluded: [MessageKind.OrderConfirmed, MessageKind.OrderCancelled],
            order => order.OrderId, Values, cancellationToken);

    private static Dictionary<string, string> Values(OrderRejected order) => new(StringComparer.Ordinal)
    {
        ["orderId"] = order.OrderId.ToString(),
        ["skus"] = string.Join(", ", order.Skus),
        ["refund"] = RefundText.Of(order.RefundDue, order.Currency) is { Length: > 0 } refund ? refund : " You will not be charged.",
    };
}
