using Confluent.Kafka;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>The settings without which a producer can't keep the outbox's promises.</summary>
public static partial class OutboxProducer
{
    private const int IdleWakeMs = 250;

    /// <summary>
    /// Idempotent, acknowledged by every in-sync replica, and never giving a record up: one that timed out behind a later one would
    /// change the order of a key (law L5). How many records wait is bounded by the relay, which holds a few batches.
    /// </summary>
    public static void Configure(ProducerConfig config)
    {
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.MessageMaxBytes = RecordLimits.MaxBytes;

        // A topic that stays unknown for this long is refused; a new one is known everywhere long before.
        config.TopicMetadataPropagationMaxMs = 5_000;

        // At once: under load records gather behind those that are on their way all the same.
        config.LingerMs = 0;
        config.SocketNagleDisable = true;
        config.CompressionType = CompressionType.Lz4;

        // The hash that every Kafka client but librdkafka's default uses, so that other producers agree on a key's partition.
        config.Partitioner = Partitioner.Murmur2Random;
        config.AllowAutoCreateTopics = false;

        // A report says whether, and where, the record was stored; the relay knows what was in it.
        config.DeliveryReportFields = "none";
        config.SocketKeepaliveEnable = true;
        config.ReconnectBackoffMaxMs = 1_000;

        // How long the client's thread for reports sleeps while there is none. A report wakes it; only a stop waits for it.
        config.CancellationDelayMaxMs = IdleWakeMs;
    }

    /// <summary>
    /// Stops the service when the producer has failed for good: an idempotent producer that lost its sequence can't be repaired, and a new
    /// process begins with a new one and the same rows. After other errors the producer is told the bootstrap servers again.
    /// </summary>
    public static void Configure(IServiceProvider provider, ProducerBuilder<byte[], byte[]> builder)
    {
        var logger = NewLogger(provider);
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        var reminder = new BootstrapReminder(ConsumerRegistration.BootstrapServers(provider), provider.GetRequiredService<TimeProvider>());
        lifetime.ApplicationStopping.Register(reminder.Dispose);
        builder.SetErrorHandler((producer, error) =>
        {
            reminder.ErrorOf(producer);
            if (error.IsFatal)
            {
                Log.Lost(logger, error.Code, error.Reason);
                lifetime.StopApplication();
            }
        });
    }

    /// <summary>Makes the client's log lines lines of the service's log, for a producer whose builder has no log handler yet.</summary>
    public static Action<IProducer<byte[], byte[]>, LogMessage> Logger(IServiceProvider provider)
    {
        var log = new KafkaLog(NewLogger(provider), provider.GetRequiredService<TimeProvider>());
        return (_, message) => log.Write(message);
    }

    private static ILogger NewLogger(IServiceProvider provider) =>
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("EventDriven.Messaging.Outbox.Producer");

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Critical, "The producer failed for good with {Code} ({Reason}); stopping, so that a new process takes over.")]
        public static partial void Lost(ILogger logger, ErrorCode code, string reason);
    }
}
