using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>The product's relay, from the commit of the stored events until the last row is deleted.</summary>
internal sealed class OutboxOurs(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox", OutboxWork.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("outbox_ours", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => messaging.Publishes<SaleRecorded>(topic, key: sale => sale.SaleId),
            cancellationToken);

        // Connections and what the clients learn about the topic are there on both sides before the measurement.
        using (var warm = new PublishedCount(1))
        {
            await using var first = await StoredSales.InsertAsync(database, topic, 1, cancellationToken);
            await CommitAsync(first, service, cancellationToken);
            await warm.Reached.WaitAsync(cancellationToken);
        }

        using var published = new PublishedCount(events);
        await using var stored = await StoredSales.InsertAsync(database, topic, events, cancellationToken);
        var meter = new Meter();
        await CommitAsync(stored, service, cancellationToken);
        await published.Reached.WaitAsync(cancellationToken);
        var measured = meter.Stop(events);
        OutboxWork.Verify(servers, topic, events + 1);
        await stored.VerifyIsEmptyAsync(cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task CommitAsync(StoredSales sales, SalesService service, CancellationToken cancellationToken)
    {
        await sales.CommitAsync(cancellationToken);
        service.Services.GetRequiredService<OutboxSignal>().Wake();
    }
}
