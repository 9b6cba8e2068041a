using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>
/// The same producer sending the same bytes from memory, as fast as it takes them, from the first record until the last acknowledgement.
/// </summary>
internal sealed class OutboxTwin(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox", OutboxWork.Partitions, cancellationToken);
        using var producer = SalesTopic.Producer(servers);
        await producer.ProduceAsync(topic, OutboxWork.Message(), cancellationToken);
        var messages = Enumerable.Range(0, events).Select(_ => OutboxWork.Message()).ToArray();
        var acknowledged = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var meter = new Meter();
        foreach (var message in messages)
        {
            SalesTopic.Send(producer, topic, message, Answered, cancellationToken);
        }

        await all.Task.WaitAsync(cancellationToken);
        var measured = meter.Stop(events);
        OutboxWork.Verify(servers, topic, events + 1);
        return measured;

        void Answered(DeliveryReport<byte[], byte[]> report)
        {
            if (report.Error.IsError)
            {
                all.TrySetException(new KafkaException(report.Error));
            }
            else if (Interlocked.Increment(ref acknowledged) == events)
            {
                all.SetResult();
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
