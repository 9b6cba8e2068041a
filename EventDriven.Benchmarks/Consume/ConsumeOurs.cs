using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Consume;

/// <summary>The product's consumer.</summary>
internal sealed class ConsumeOurs(Servers servers) : IContestant
{
    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new ConsumeOurs(servers));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await ConsumeWork.TopicAsync(servers, events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_ours", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => messaging.Consumes(Servers.Unique("consume"), group => group.From(topic).HandlesBatches<SaleRecorded, StoreSales>(SaleRecorded.Type, SaleJson.Default.SaleRecorded)),
            cancellationToken,
            services => services.AddSingleton(progress));
        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        await ConsumeWork.VerifyAsync(database, events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class StoreSales(SalesDatabase database, ConsumeProgress progress) : IEventBatchHandler<SaleRecorded>
    {
        public async Task HandleAsync(IReadOnlyList<EventContext<SaleRecorded>> contexts, CancellationToken cancellationToken)
        {
            progress.Started();
            var sales = contexts.Select(context => context.Data).ToArray();
            var ids = Array.ConvertAll(sales, sale => sale.SaleId);
            var customers = Array.ConvertAll(sales, sale => sale.CustomerId);
            var totals = Array.ConvertAll(sales, sale => sale.Total);
            var times = Array.ConvertAll(sales, sale => sale.RecordedAt);
            await database.Database.ExecuteSqlAsync(
                $"INSERT INTO sales (id, customer_id, total, recorded_at) SELECT * FROM unnest({ids}, {customers}, {totals}, {times})", cancellationToken);
            contexts[0].OnCommitted(() => progress.Committed(sales.Length));
        }
    }
}
