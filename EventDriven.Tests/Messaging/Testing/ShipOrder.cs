using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Testing;

internal sealed class ShipOrder(IOutbox outbox) : IEventHandler<OrderPlaced>
{
    /// <summary>An order that can't be shipped, which is found out too late.</summary>
    public const string Refused = "refused";

    public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        outbox.Add(new OrderShipped(context.Data.OrderId), context.Envelope.Time);
        return context.Data.OrderId == Refused ? throw new ContradictoryEventException() : Task.CompletedTask;
    }
}
