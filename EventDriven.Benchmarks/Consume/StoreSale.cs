using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;

namespace EventDriven.Benchmarks.Consume;

/// <summary>The effect as most handlers write theirs: one row, added to the <c>DbContext</c>.</summary>
internal sealed class StoreSale(SalesDatabase database, ConsumeProgress progress) : IEventHandler<SaleRecorded>
{
    public Task HandleAsync(EventContext<SaleRecorded> context, CancellationToken cancellationToken)
    {
        progress.Started();
        var sale = context.Data;
        database.Add(new Sale { Id = sale.SaleId, CustomerId = sale.CustomerId, Total = sale.Total, RecordedAt = sale.RecordedAt });
        context.OnCommitted(() => progress.Committed(1));
        return Task.CompletedTask;
    }
}
