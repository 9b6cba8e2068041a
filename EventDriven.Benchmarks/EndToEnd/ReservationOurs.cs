using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>
/// Order to reservation as the peer's contestant has it: one service stores an order's row and its event in one transaction, its relay
/// sends it, and another service, with a database of its own, stores the reservation's row. Orders come in an open loop without HTTP, both
/// services share a process, and latency counts from when an order was due until the reservation is committed.
/// </summary>
internal sealed class ReservationOurs(Servers servers) : IContestant
{
    private const int PerSecond = 200;
    private const int WarmUp = PerSecond;
    private const int Partitions = 6;

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("reservation", Partitions, cancellationToken);
        var ordersDatabase = await servers.CreateDatabaseAsync("reservation_orders", cancellationToken);
        var stockDatabase = await servers.CreateDatabaseAsync("reservation_stock", cancellationToken);
        await SalesDatabase.CreateAsync(ordersDatabase, cancellationToken);
        await SalesDatabase.CreateAsync(stockDatabase, cancellationToken);
        var progress = new ConsumeProgress();
        await using var stock = await SalesService.StartAsync(
            servers, stockDatabase, messaging => StoreSales.Consume(messaging, topic), cancellationToken,
            services => services.AddSingleton(progress));
        await using var checkout = await SalesService.StartAsync(
            servers,
            ordersDatabase,
            messaging => messaging.Publishes<SaleRecorded>(topic, key: sale => sale.SaleId),
            cancellationToken);

        await OrderAsync(WarmUp);
        var meter = new Meter();
        await OrderAsync(events);
        var measured = meter.Stop(events, [.. progress.Latencies]);
        await ConsumeWork.VerifyAsync(stockDatabase, WarmUp + events, WarmUp + events, cancellationToken);
        return measured;

        async Task OrderAsync(int count)
        {
            progress.Expect(count);
            await OpenLoop.RunAsync(
                count, PerSecond, (_, due) => PlaceAsync(checkout, OpenLoop.ByTheClock(due), cancellationToken), cancellationToken);
            await progress.Done.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task PlaceAsync(SalesService checkout, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var scope = checkout.Services.CreateAsyncScope();
        var sales = scope.ServiceProvider.GetRequiredService<SalesDatabase>();
        var id = Guid.CreateVersion7(due);
        sales.Add(new Sale { Id = id, CustomerId = id, Total = 74.85m, RecordedAt = due });
        scope.ServiceProvider.GetRequiredService<IOutbox>().Add(SaleRecorded.Create(id, due), due);
        await sales.SaveChangesAsync(cancellationToken);
    }
}
