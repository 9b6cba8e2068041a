using Analytics.Worker.Database;
using EventDriven.Messaging;

namespace Analytics.Worker.Orders;

/// <summary>Records that orders were rejected.</summary>
internal sealed class RecordOrdersRejected(AnalyticsDbContext database) : IEventBatchHandler<OrderRejected>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderRejected>> contexts, CancellationToken cancellationToken) =>
        OrderEnds.RecordAsync(
            database, [.. contexts.Select(c => c.Data.OrderId)], OrderState.Rejected, [OrderState.Confirmed, OrderState.Cancelled],
            cancellationToken);
}
