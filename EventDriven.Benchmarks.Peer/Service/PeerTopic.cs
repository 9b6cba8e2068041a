using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>Fills topics with sales, each with a key of its own.</summary>
internal static class PeerTopic
{
    public const int Partitions = 6;

    public static async Task<string> FilledAsync(Servers servers, string name, int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync(name, Partitions, cancellationToken);
        using var producer = new ProducerBuilder<string, byte[]>(
            new ProducerConfig
            {
                BootstrapServers = servers.Kafka,
                EnableIdempotence = true,
                LingerMs = 5,
                QueueBufferingMaxMessages = events + 1,
            }).Build();
        for (var i = 0; i < events; i++)
        {
            Send(producer, topic);
        }

        producer.Flush(cancellationToken);
        return topic;
    }

    // Produce only queues, and the queue has room for all.
    private static void Send(IProducer<string, byte[]> producer, string topic)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        producer.Produce(
            topic, CloudEventMapper.Message(
                id, id.ToString(), JsonSerializer.SerializeToUtf8Bytes(SaleRecorded.Create(id, now), SaleJson.Default.SaleRecorded)));
    }
}
