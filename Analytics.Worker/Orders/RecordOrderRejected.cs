using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;

namespace Analytics.Worker.Orders;

/// <summary>Records that an order was rejected.</summary>
internal sealed class RecordOrderRejected(AnalyticsDbContext database) : IEventHandler<OrderRejected>
{
    public Task HandleAsync(EventContext<OrderRejected> context, CancellationToken cancellationToken) =>
        OrderEnd.RecordAsync(database, context.Data.OrderId, OrderState.Rejected, cancellationToken);
}
