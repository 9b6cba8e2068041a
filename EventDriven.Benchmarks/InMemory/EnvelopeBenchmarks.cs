using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using EventDriven.Benchmarks.Service;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>A CloudEvent to a Kafka message and back, its data left alone. Public and open, as BenchmarkDotNet derives from it.</summary>
public class EnvelopeBenchmarks
{
    private readonly byte[] _data = new byte[400];
    private readonly EventEnvelope _envelope;
    private readonly Message<byte[], byte[]> _message;

    public EnvelopeBenchmarks()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        _envelope = new EventEnvelope
        {
            Id = id,
            Source = "/benchmarks",
            Type = SaleRecorded.Type,
            Subject = id,
            Time = now,
            CorrelationId = id,
            CausationId = id,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };
        _message = KafkaBinding.Write(_envelope, _data);
    }

    [Benchmark(Description = "encode")]
    public Message<byte[], byte[]> Encode() => KafkaBinding.Write(_envelope, _data);

    [Benchmark(Description = "decode")]
    public object Decode() => KafkaBinding.Read(_message);
}
