using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>Creates the outbox's producer, with the settings that the outbox's guarantees depend on.</summary>
internal static partial class OutboxProducer
{
    /// <summary>The producer's key in the container, so that it is not mixed up with a producer of the service's own.</summary>
    public const string Key = "EventDriven.Messaging.Outbox";

    private const int IdleWakeMs = 250;

    /// <summary>
    /// Idempotent, acknowledged by every in-sync replica, and without a message timeout: a record that timed out and was sent again after a
    /// later one would change the order of its key (law L5). The relay bounds the number of waiting records to a few batches.
    /// </summary>
    public static void Configure(ProducerConfig config)
    {
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.MessageMaxBytes = RecordLimits.MaxBytes;

        // A record is refused if its topic stays unknown for this long. Every broker knows a new topic long before that.
        config.TopicMetadataPropagationMaxMs = 5_000;

        // No lingering: under load, records form batches anyway while earlier ones are in flight.
        config.LingerMs = 0;
        config.SocketNagleDisable = true;
        config.CompressionType = CompressionType.Lz4;

        // Java clients' hash instead of librdkafka's default, so that other producers choose the same partition for a key.
        config.Partitioner = Partitioner.Murmur2Random;
        config.AllowAutoCreateTopics = false;

        // A report only needs to say whether and where the record was stored; the relay still has its content.
        config.DeliveryReportFields = "none";
        config.SocketKeepaliveEnable = true;
        config.ReconnectBackoffMaxMs = 1_000;

        // How long the client's delivery-report thread sleeps without reports. A report wakes it; only a stop has to wait for it.
        config.CancellationDelayMaxMs = IdleWakeMs;
    }

    /// <summary>
    /// Stops the service after a fatal error of the producer: an idempotent producer that lost its sequence can't be repaired. A new
    /// process starts with a new producer and the same rows. After other errors, the producer is given the bootstrap servers again.
    /// </summary>
    public static IProducer<byte[], byte[]> Create(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("EventDriven.Messaging.Outbox.Producer");
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        var time = provider.GetRequiredService<TimeProvider>();
        var kafka = provider.GetRequiredService<KafkaSettings>();
        var config = new ProducerConfig();
        Configure(config);
        var log = new KafkaLog(logger, time);
        var reminder = new BootstrapReminder(kafka.BootstrapServers, time);
        lifetime.ApplicationStopping.Register(reminder.Dispose);
        return kafka.Follow(new ProducerBuilder<byte[], byte[]>(kafka.ApplyTo(config))
            .SetLogHandler((_, message) => log.Write(message))
            .SetErrorHandler((producer, error) =>
            {
                reminder.ErrorOf(producer);
                var refusal = BrokerRefusal.Describe(error, kafka);
                if (error.IsFatal)
                {
                    Log.Lost(logger, error.Code, refusal ?? error.Reason);

                    // A start that is interrupted would end with an exception of whatever was being started.
                    lifetime.ApplicationStarted.Register(lifetime.StopApplication);
                }
                else if (refusal is not null)
                {
                    log.Write(LogLevel.Error, "REFUSED", refusal);
                }
            })
            .Build());
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Critical, "Fatal error of the outbox producer: {Code} ({Reason}). The service stops, so that a new "
            + "process takes over. No event is lost.")]
        public static partial void Lost(ILogger logger, ErrorCode code, string reason);
    }
}
