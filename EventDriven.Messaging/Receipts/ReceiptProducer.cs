using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Receipts;

/// <summary>
/// Sends receipts, or drops and counts them. It is a producer of its own, made with the first of them: the outbox's never gives a record up, and
/// receipts that wait for a broker must not take the room of facts.
/// </summary>
internal sealed partial class ReceiptProducer(string bootstrapServers, string source, string topic, MessagingMetrics metrics, TimeProvider time, ILogger<ReceiptProducer> logger)
    : IDisposable
{
    // Some seconds' worth.
    private const int MaxRecordsInQueue = 200;
    private const int GiveUpMs = 5_000;

    private readonly BootstrapReminder _reminder = new(bootstrapServers, time);
    private IProducer<byte[], byte[]>? _producer;
    private volatile bool _dropping;

    /// <summary>Sends receipts of one group as one record. Never waits.</summary>
    public void Send(string group, IReadOnlyList<Receipt> receipts)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        var message = KafkaBinding.Write(
            new EventEnvelope
            {
                Id = id,
                Source = source,
                Type = ReceiptLog.EventType,
                Subject = group,
                Time = now,
                CorrelationId = id,
                CausationId = id,
            },
            JsonSerializer.SerializeToUtf8Bytes(new ReceiptBatch(group, receipts), ReceiptJson.Default.ReceiptBatch));
        try
        {
            _producer ??= Build();
            _producer.Produce(topic, message, report => Answered(group, receipts.Count, report.Error));
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            Answered(group, receipts.Count, exception.Error);
        }
    }

    /// <summary>Waits, at most this long, until everything was sent or dropped.</summary>
    public void Flush(TimeSpan atMost) => _producer?.Flush(atMost);

    public void Dispose()
    {
        _reminder.Dispose();
        _producer?.Dispose();
    }

    private void Answered(string group, int receipts, Error error)
    {
        if (!error.IsError)
        {
            _dropping = false;
            return;
        }

        metrics.ReceiptsDropped(group, receipts);
        if (!_dropping)
        {
            _dropping = true;
            Log.Dropping(logger, error.Code, error.Reason);
        }
    }

    private IProducer<byte[], byte[]> Build()
    {
        var log = new KafkaLog(logger, time);
        return new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.Leader,
            MessageTimeoutMs = GiveUpMs,
            MessageMaxBytes = RecordLimits.MaxBytes,
            QueueBufferingMaxMessages = MaxRecordsInQueue,
            TopicMetadataPropagationMaxMs = GiveUpMs,
            CompressionType = CompressionType.Lz4,
            Partitioner = Partitioner.Murmur2Random,
            AllowAutoCreateTopics = false,
            DeliveryReportFields = "none",
            SocketKeepaliveEnable = true,
            ReconnectBackoffMaxMs = 1_000,
        })
        .SetLogHandler((_, message) => log.Write(message))
        .SetErrorHandler((producer, error) =>
        {
            log.Write(producer, error);
            _reminder.ErrorOf(producer);
        })
        .Build();
    }

    private static partial class Log
    {
        [LoggerMessage(420, LogLevel.Warning, "Receipts are dropped, and counted, until the broker takes them again ({Code}: {Reason}). Handling goes on.")]
        public static partial void Dropping(ILogger logger, ErrorCode code, string reason);
    }
}
