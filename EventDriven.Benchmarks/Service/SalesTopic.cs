using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Outbox.Relaying;

namespace EventDriven.Benchmarks.Service;

/// <summary>Fills topics with sales.</summary>
internal static class SalesTopic
{
    /// <summary>A new topic with events of as many keys; each event has a key of its own unless there are fewer keys.</summary>
    public static async Task<string> FilledAsync(
        Servers servers, string name, int partitions, int events, int keys, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync(name, partitions, cancellationToken);
        using var producer = Producer(servers);
        var ids = Enumerable.Range(0, keys).Select(_ => Guid.CreateVersion7(TimeProvider.System.GetUtcNow())).ToArray();
        for (var i = 0; i < events; i++)
        {
            Send(producer, topic, Message(ids[i % keys], TimeProvider.System.GetUtcNow()), _ => { }, cancellationToken);
        }

        producer.Flush(cancellationToken);
        return topic;
    }

    public static IProducer<byte[], byte[]> Producer(Servers servers)
    {
        var config = new ProducerConfig { BootstrapServers = servers.Kafka };
        OutboxProducer.Configure(config);
        return new ProducerBuilder<byte[], byte[]>(config).Build();
    }

    /// <summary>An event as the relay would send it.</summary>
    public static Message<byte[], byte[]> Message(Guid key, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at).ToString();
        return KafkaBinding.Write(
            new EventEnvelope
            {
                Id = id,
                Source = "/benchmarks",
                Type = SaleRecorded.Type,
                Subject = key.ToString(),
                Time = at,
                CorrelationId = id,
                CausationId = id,
            },
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(SaleRecorded.Create(key, at), SaleJson.Default.SaleRecorded));
    }

    /// <summary>Sends; waits while the client's queue is full.</summary>
    public static void Send(
        IProducer<byte[], byte[]> producer,
        string topic,
        Message<byte[], byte[]> message,
        Action<DeliveryReport<byte[], byte[]>> answered,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                producer.Produce(topic, message, answered);
                return;
            }
            catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
            {
                cancellationToken.ThrowIfCancellationRequested();
                producer.Flush(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
