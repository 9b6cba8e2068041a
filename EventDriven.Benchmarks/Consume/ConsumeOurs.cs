using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging.Consumer;
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
            messaging => messaging.Consumes(Servers.Unique("consume"), group => group.From(topic).Handles<SaleRecorded, StoreSale>(SaleRecorded.Type, SaleJson.Default.SaleRecorded)),
            cancellationToken,
            services => services.AddSingleton(progress));
        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        await ConsumeWork.VerifyAsync(database, events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class StoreSale(SalesDatabase database, ConsumeProgress progress) : IEventHandler<SaleRecorded>
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
}
