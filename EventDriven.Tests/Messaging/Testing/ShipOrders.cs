using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Testing;

internal sealed class ShipOrders(IOutbox outbox, bool enters) : IEventBatchHandler<OrderPlaced>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
    {
        foreach (var context in contexts)
        {
            using var entered = enters ? context.Enter() : null;
            outbox.Add(new OrderShipped(context.Data.OrderId), context.Envelope.Time);
        }

        return Task.CompletedTask;
    }
}
