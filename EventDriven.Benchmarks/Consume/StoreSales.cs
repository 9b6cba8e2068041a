using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Benchmarks.Consume;

/// <summary>The effect: one row a sale, all of a batch by one statement.</summary>
internal sealed class StoreSales(SalesDatabase database, ConsumeProgress progress) : IEventBatchHandler<SaleRecorded>
{
    /// <summary>A group that begins at the beginning.</summary>
    /// <param name="messaging">What consumes.</param>
    /// <param name="topic">Topic with sales.</param>
    /// <param name="oneByOne">Whether sales are handled by <see cref="StoreSale"/>.</param>
    /// <param name="group">Of several members; else one that no other run has used.</param>
    public static void Consume(IMessagingBuilder messaging, string topic, bool oneByOne = false, string? group = null) =>
        messaging.AddConsumer(
            group ?? Servers.Unique("sales"),
            consumer => _ = oneByOne
                ? consumer.Subscribe(topic).AddHandler<StoreSale>()
                : consumer.Subscribe(topic).AddHandler<StoreSales>());

    public async Task HandleAsync(IReadOnlyList<EventContext<SaleRecorded>> contexts, CancellationToken cancellationToken)
    {
        progress.Started();
        var sales = contexts.Select(context => context.Data).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sales (id, customer_id, total, recorded_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(sales, sale => sale.SaleId)},
                {Array.ConvertAll(sales, sale => sale.CustomerId)},
                {Array.ConvertAll(sales, sale => sale.Total)},
                {Array.ConvertAll(sales, sale => sale.RecordedAt)})
            """,
            cancellationToken);
        contexts[0].OnCommitted(() => progress.Committed(sales));
    }
}
