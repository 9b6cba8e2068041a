using System.Threading.Channels;
using Confluent.Kafka;
using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Lanes;

/// <summary>
/// By hand: a task for each of the 20 keys, which are known beforehand. No inbox, no database, no offsets: waiting is all there is.
/// </summary>
internal sealed class LanesTwin(Servers servers) : IContestant
{
    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        LanesWork.PrepareThreads();
        var topic = await LanesWork.TopicAsync(servers, events, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = Servers.Unique("lanes-twin"),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(topic);
        var lanes = new Dictionary<string, Channel<long>>(StringComparer.Ordinal);
        var workers = new List<Task>();
        for (var read = 0; read < events; read++)
        {
            var record = consumer.Consume(cancellationToken);
            progress.Started();
            var key = System.Text.Encoding.UTF8.GetString(record.Message.Key);
            if (!lanes.TryGetValue(key, out var lane))
            {
                lanes.Add(key, lane = Channel.CreateUnbounded<long>());
                workers.Add(Task.Run(() => WorkAsync(lane.Reader, progress, cancellationToken), cancellationToken));
            }

            await lane.Writer.WriteAsync(record.Offset.Value, cancellationToken);
        }

        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        foreach (var lane in lanes.Values)
        {
            lane.Writer.Complete();
        }

        await Task.WhenAll(workers);
        consumer.Close();
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task WorkAsync(ChannelReader<long> lane, ConsumeProgress progress, CancellationToken cancellationToken)
    {
        await foreach (var offset in lane.ReadAllAsync(cancellationToken))
        {
            LanesWork.Work(offset, cancellationToken);
            progress.Committed(1);
        }
    }
}
