using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Outbox.Relaying;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Writes and reads records past the library, as another producer or consumer would.</summary>
internal static class Records
{
    /// <summary>CloudEvents source of records, unless a test wants another.</summary>
    public const string Source = "/elsewhere";

    public static Message<byte[], byte[]> Of(Noted note, string? id = null, string correlationId = "test", string source = Source) =>
        KafkaBinding.Write(
            new EventEnvelope
            {
                Id = id ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
                Source = source,
                Type = Noted.Type,
                Subject = note.Key,
                Time = TimeProvider.System.GetUtcNow(),
                CorrelationId = correlationId,
                CausationId = "test",
            },
            JsonSerializer.SerializeToUtf8Bytes(note, NotedJson.Default.Noted));

    /// <summary>What no consumer can read, with a key.</summary>
    public static Message<byte[], byte[]> Unreadable(string key) =>
        new() { Key = Encoding.UTF8.GetBytes(key), Value = "no event"u8.ToArray() };

    public static async Task ProduceAsync(
        string kafka, string topic, IEnumerable<Message<byte[], byte[]>> messages, CancellationToken cancellationToken)
    {
        var config = new ProducerConfig { BootstrapServers = kafka };
        OutboxProducer.Configure(config);
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        foreach (var message in messages)
        {
            await producer.ProduceAsync(topic, message, cancellationToken);
        }
    }

    /// <summary>Everything that stands on a topic now, partition by partition.</summary>
    public static List<ConsumeResult<byte[], byte[]>> ReadAll(string kafka, string topic, int partitions)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = kafka,
            GroupId = "reader",
            EnablePartitionEof = true,
            EnableAutoCommit = false,
        };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var records = new List<ConsumeResult<byte[], byte[]>>();
        var ended = 0;
        while (ended < partitions)
        {
            var record = consumer.Consume(TimeSpan.FromSeconds(10))
                ?? throw new TimeoutException($"{topic} was not read to its end in 10 s.");
            if (record.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                records.Add(record);
            }
        }

        consumer.Close();
        return records;
    }
}
