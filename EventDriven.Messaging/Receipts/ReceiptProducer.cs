using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Receipts;

/// <summary>
/// Sends receipts, or drops and counts them. It has its own producer, created with the first receipt: the outbox's producer never drops a
/// record, and waiting receipts must not take up its queue.
/// </summary>
internal sealed partial class ReceiptProducer(
    KafkaSettings kafka, string source, string topic, MessagingMetrics metrics, TimeProvider time, ILogger<ReceiptProducer> logger)
    : IDisposable
{
    // Enough for some seconds.
    private const int MaxRecordsInQueue = 200;
    private const int GiveUpMs = 5_000;

    private readonly BootstrapReminder _reminder = new(kafka.BootstrapServers, time);
    private IProducer<byte[], byte[]>? _producer;
    private volatile bool _dropping;

    /// <summary>Sends a group's receipts as one record. It never waits.</summary>
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

    /// <summary>Waits until all receipts are sent or dropped, at most this long.</summary>
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
            Log.Dropping(logger, error.Code, BrokerRefusal.Describe(error, kafka) ?? error.Reason);
        }
    }

    private IProducer<byte[], byte[]> Build()
    {
        var log = new KafkaLog(logger, time);
        return kafka.Follow(new ProducerBuilder<byte[], byte[]>(kafka.ApplyTo(new ProducerConfig
        {
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
        }))
        .SetLogHandler((_, message) => log.Write(message))
        .SetErrorHandler((producer, error) =>
        {
            log.Write(producer, error);
            _reminder.ErrorOf(producer);
        })
        .Build());
    }

    private static partial class Log
    {
        [LoggerMessage(420, LogLevel.Warning, "Receipts are being dropped and counted, because the broker doesn't accept them ({Code}: "
            + "{Reason}). Handling goes on.")]
        public static partial void Dropping(ILogger logger, ErrorCode code, string reason);
    }
}
