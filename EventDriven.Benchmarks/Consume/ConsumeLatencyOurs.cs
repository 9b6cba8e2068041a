using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Benchmarks.Consume;

/// <summary>
/// The product's consumer beside a producer that sends at a steady rate, whatever the consumer does. A latency counts from when the event
/// should have been sent, so that a producer that falls behind is not taken for a fast consumer.
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
            servers, database, messaging => StoreSales.Consume(messaging, topic), cancellationToken,
            services => services.AddSingleton(progress));

        // The group has joined, and every partition was read, when some events of the warm-up are through.
        const int WarmUp = 2 * PerSecond;
        using var producer = SalesTopic.Producer(servers);
        progress.Expect(WarmUp);
        await SendAsync(WarmUp);
        await progress.Done.WaitAsync(cancellationToken);

        progress.Expect(events);
        var meter = new Meter();
        await SendAsync(events);
        await progress.Done.WaitAsync(cancellationToken);
        var measured = meter.Stop(events, [.. progress.Latencies]);
        await ConsumeWork.VerifyAsync(database, WarmUp + events, WarmUp + events, cancellationToken);
        return measured;

        async Task SendAsync(int count)
        {
            await OpenLoop.RunAsync(
                count,
                PerSecond,
                (_, due) =>
                {
                    var message = SalesTopic.Message(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), OpenLoop.ByTheClock(due));
                    SalesTopic.Send(producer, topic, message, _ => { }, cancellationToken);
                    return Task.CompletedTask;
                },
                cancellationToken);
            producer.Flush(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
