using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;

namespace Analytics.Worker.Orders;

/// <summary>Records that an order was cancelled.</summary>
internal sealed class RecordOrderCancelled(AnalyticsDbContext database) : IEventHandler<OrderCancelled>
{
    public Task HandleAsync(EventContext<OrderCancelled> context, CancellationToken cancellationToken) =>
        OrderEnd.RecordAsync(database, context.Data.OrderId, OrderState.Cancelled, cancellationToken);
}
