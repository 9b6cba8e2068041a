using Analytics.Worker.Database;
using EventDriven.Messaging;

namespace Analytics.Worker.Orders;

/// <summary>Records that orders were cancelled.</summary>
internal sealed class RecordOrdersCancelled(AnalyticsDbContext database) : IEventBatchHandler<OrderCancelled>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderCancelled>> contexts, CancellationToken cancellationToken) =>
        OrderEnds.RecordAsync(
            database, [.. contexts.Select(c => c.Data.OrderId)], OrderState.Cancelled, [OrderState.Rejected], cancellationToken);
}
