using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Testing;

internal sealed class RecordOrder(TestDatabase database) : IEventHandler<OrderPlaced>
{
    /// <summary>How many orders the database had when the event's commit was told.</summary>
    public int SavedAtCommit { get; private set; }

    public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        database.Orders.Add(new TestOrder { Id = context.Data.OrderId });
        context.OnCommitted(() => SavedAtCommit = database.Orders.Count());
        return context.Data.OrderId == ShipOrder.Refused ? throw new ContradictoryEventException() : Task.CompletedTask;
    }
}
