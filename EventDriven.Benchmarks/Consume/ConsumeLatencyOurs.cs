using System.Diagnostics;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Consume;

/// <summary>
/// The product's consumer beside a producer that sends at a steady rate, whatever the consumer does. A latency counts from when the event should
/// have been sent, so that a producer that falls behind is not taken for a fast consumer.
/// </summary>
internal sealed class ConsumeLatencyOurs(Servers servers) : IContestant
{
    public const int PerSecond = 2_000;

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("consume-latency", ConsumeWork.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_latency", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        await using var service = await SalesService.StartAsync(
            servers, database, messaging => StoreSales.Consume(messaging, topic), cancellationToken, services => services.AddSingleton(progress));

        // The group has joined, and every partition was read, when some events of the warm-up are through.
        const int WarmUp = 2 * PerSecond;
        using var producer = SalesTopic.Producer(servers);
        progress.Expect(WarmUp);
        await SendAsync(producer, topic, WarmUp, cancellationToken);
        await progress.Done.WaitAsync(cancellationToken);

        progress.Expect(events);
        var meter = new Meter();
        await SendAsync(producer, topic, events, cancellationToken);
        await progress.Done.WaitAsync(cancellationToken);
        var measured = meter.Stop(events, [.. progress.Latencies]);
        await ConsumeWork.VerifyAsync(database, WarmUp + events, WarmUp + events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task SendAsync(IProducer<byte[], byte[]> producer, string topic, int events, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < events;)
        {
            var due = Math.Min(events, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond));
            for (; sent < due; sent++)
            {
                var message = SalesTopic.Message(
                    Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), begin + TimeSpan.FromSeconds((sent + 1) / (double)PerSecond));
                SalesTopic.Send(producer, topic, message, _ => { }, cancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        producer.Flush(cancellationToken);
    }
}
