using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>What all contestants of <c>outbox</c> send.</summary>
internal static class OutboxWork
{
    public const int Partitions = 6;

    /// <summary>Of the request that announced the sale.</summary>
    public const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>A record with all headers, as the relay writes it.</summary>
    public static Message<byte[], byte[]> Message()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        var key = Guid.CreateVersion7(now);
        return KafkaBinding.Write(
            new EventEnvelope
            {
                Id = id,
                Source = "/benchmarks",
                Type = SaleRecorded.Type,
                Subject = key.ToString(),
                Time = now,
                CorrelationId = id,
                CausationId = id,
                TraceParent = TraceParent,
            },
            JsonSerializer.SerializeToUtf8Bytes(SaleRecorded.Create(key, now), SaleJson.Default.SaleRecorded));
    }

    /// <summary>A run that lost or doubled something is no measurement.</summary>
    public static void Verify(Servers servers, string topic, int records)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(
            new ConsumerConfig { BootstrapServers = servers.Kafka, GroupId = topic }).Build();
        var written = Enumerable.Range(0, Partitions)
            .Sum(p => consumer.QueryWatermarkOffsets(new TopicPartition(topic, p), TimeSpan.FromSeconds(10)).High.Value);
        if (written != records)
        {
            throw new InvalidOperationException($"{written} records on {topic}, not {records}.");
        }
    }
}
