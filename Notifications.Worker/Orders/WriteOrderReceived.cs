using System.Globalization;
using EventDriven.Messaging.Consumer;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order has arrived, and remembers where to write to about it.</summary>
internal sealed class WriteOrderReceived(ContactBook contacts, MessageWriter messages) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        var order = context.Data;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["orderId"] = order.OrderId.ToString(),
            ["lines"] = string.Join('\n', order.Lines.Select(l => $"{l.Quantity} x {l.Sku}")),
            ["total"] = order.Total.ToString("0.00", CultureInfo.InvariantCulture),
            ["currency"] = order.Currency,
        };
        await contacts.RememberAsync(order.OrderId, order.Email, cancellationToken);
        await messages.WriteAsync(context, MessageKind.OrderReceived, order.OrderId, values, cancellationToken);
    }
}
