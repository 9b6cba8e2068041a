using System.Globalization;
using EventDriven.Messaging;
using Notifications.Worker.Contacts;
using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>Tells the customer that the order has arrived, and stores the address.</summary>
internal sealed class WriteOrderReceived(ContactBook contacts, MessageWriter messages) : IEventBatchHandler<OrderPlaced>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
    {
        await contacts.RememberAsync(
            contexts.Select(c => ToldContact.Of(c, c.Data.OrderId, c.Data.CustomerId, c.Data.Email)), cancellationToken);
        await messages.WriteOnceAsync(contexts, MessageKind.OrderReceived, excluded: [], order => order.OrderId, Values, cancellationToken);
    }

    private static Dictionary<string, string> Values(OrderPlaced order) => new(StringComparer.Ordinal)
    {
        ["orderId"] = order.OrderId.ToString(),
        ["lines"] = string.Join('\n', order.Lines.Select(l => $"{l.Quantity} x {l.Sku}")),
        ["total"] = order.Total.ToString("0.00", CultureInfo.InvariantCulture),
        ["currency"] = order.Currency,
    };
}
