using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>A transaction with a state row and an event; measured from just before its COMMIT until the broker's acknowledgement of the event.</summary>
internal sealed class OutboxLatencyOurs(Servers servers) : IContestant
{
    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new OutboxLatencyOurs(servers));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox-latency", OutboxWork.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("outbox_latency", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var committed = new ConcurrentDictionary<Guid, long>();
        LatencyList? latencies = null;
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => messaging.Publishes(SaleRecorded.Type, topic, SaleJson.Default.SaleRecorded, sale => sale.SaleId.ToString()),
            cancellationToken,
            services => services.AddSingleton(_ => AcknowledgementObserver.Around(
                SalesTopic.Producer(servers), id => latencies!.Add(Stopwatch.GetElapsedTime(committed[id])))));

        // One to connect, and not measured.
        var first = latencies = new LatencyList(1);
        await RecordAsync();
        await first.Complete.WaitAsync(cancellationToken);

        var all = latencies = new LatencyList(events);
        var meter = new Meter();
        await OpenLoop.RunAsync(events, OutboxLatencyBenchmark.PerSecond, RecordAsync, cancellationToken);
        await all.Complete.WaitAsync(cancellationToken);
        return meter.Stop(events, all.InMs);

        async Task RecordAsync()
        {
            await Task.Yield();
            await using var scope = service.Services.CreateAsyncScope();
            var sales = scope.ServiceProvider.GetRequiredService<SalesDatabase>();
            var now = TimeProvider.System.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            await using var transaction = await sales.Database.BeginTransactionAsync(cancellationToken);
            sales.Add(new Sale { Id = id, CustomerId = id, Total = 74.85m, RecordedAt = now });
            var @event = scope.ServiceProvider.GetRequiredService<IOutbox>().Add(SaleRecorded.Create(id, now), now);
            await sales.SaveChangesAsync(cancellationToken);
            committed[@event] = Stopwatch.GetTimestamp();
            await transaction.CommitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
