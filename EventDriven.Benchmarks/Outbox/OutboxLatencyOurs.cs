using System.Collections.Concurrent;
using System.Diagnostics;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using EventDriven.Messaging.Outbox.Relaying;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>
/// A transaction with a state row and an event; measured from its commit's return until the broker's acknowledgement of the event.
/// </summary>
internal sealed class OutboxLatencyOurs(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox-latency", OutboxWork.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("outbox_latency", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var acknowledgements = new ConcurrentDictionary<Guid, TaskCompletionSource<long>>();
        await using var service = await SalesService.StartAsync(
            servers,
            database,
            messaging => messaging.Publishes<SaleRecorded>(topic, key: sale => sale.SaleId),
            cancellationToken,
            services => services.AddKeyedSingleton(OutboxProducer.Key, (_, _) => AcknowledgementObserver.Around(
                SalesTopic.Producer(servers), id => acknowledgements[id].SetResult(Stopwatch.GetTimestamp()))));

        // One to connect, and not measured.
        await RecordAsync(new LatencyList(1));

        var latencies = new LatencyList(events);
        var meter = new Meter();
        await OpenLoop.RunAsync(events, OutboxLatencyBenchmark.PerSecond, (_, _) => RecordAsync(latencies), cancellationToken);
        return meter.Stop(events, latencies.InMs);

        async Task RecordAsync(LatencyList list)
        {
            await Task.Yield();
            var acknowledged = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            long committed;
            await using (var scope = service.Services.CreateAsyncScope())
            {
                var sales = scope.ServiceProvider.GetRequiredService<SalesDatabase>();
                var now = TimeProvider.System.GetUtcNow();
                var id = Guid.CreateVersion7(now);
                await using var transaction = await sales.Database.BeginTransactionAsync(cancellationToken);
                sales.Add(new Sale { Id = id, CustomerId = id, Total = 74.85m, RecordedAt = now });
                acknowledgements[scope.ServiceProvider.GetRequiredService<IOutbox>().Add(SaleRecorded.Create(id, now), now)] = acknowledged;
                await sales.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                committed = Stopwatch.GetTimestamp();
            }

            list.Add(Stopwatch.GetElapsedTime(committed, Math.Max(committed, await acknowledged.Task.WaitAsync(cancellationToken))));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
