using System.Diagnostics;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>The producer's acknowledgement alone.</summary>
internal sealed class OutboxLatencyTwin(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox-latency", OutboxWork.Partitions, cancellationToken);
        using var producer = SalesTopic.Producer(servers);
        await producer.ProduceAsync(topic, OutboxWork.Message(), cancellationToken);
        var latencies = new LatencyList(events);
        var meter = new Meter();
        await OpenLoop.RunAsync(
            events,
            OutboxLatencyBenchmark.PerSecond,
            (_, _) =>
            {
                var message = OutboxWork.Message();
                var sent = Stopwatch.GetTimestamp();
                SalesTopic.Send(producer, topic, message, _ => latencies.Add(Stopwatch.GetElapsedTime(sent)), cancellationToken);
                return Task.CompletedTask;
            },
            cancellationToken);
        await latencies.Complete.WaitAsync(cancellationToken);
        return meter.Stop(events, latencies.InMs);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
