using Confluent.Kafka;
using EventDriven.Messaging.Outbox.Relaying;
using Microsoft.Extensions.Hosting;
#if ASPIRE_KAFKA
using Microsoft.Extensions.Logging;
#else
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#endif

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>The idempotent producer: by Aspire's integration, or, where the NuGet sources don't have that, registered as it would.</summary>
internal static class KafkaProducerClient
{
#if ASPIRE_KAFKA
    /// <summary>Registers the <see cref="IProducer{TKey, TValue}"/>.</summary>
    public static void AddKafkaProducerFor(this IHostApplicationBuilder builder, string name)
    {
        // It warns that the producer has a log handler already, which is ours.
        builder.Logging.AddFilter("Aspire.Confluent.Kafka", LogLevel.Error);
        builder.AddKafkaProducer<byte[], byte[]>(
            name,
            settings =>
            {
                settings.DisableHealthChecks = true;

                // The outbox has spans and metrics of its own, and puts the trace into each event's envelope.
                settings.DisableTracing = true;
                settings.DisableMetrics = true;
                OutboxProducer.Configure(settings.Config);
            },
            (provider, producer) =>
            {
                OutboxProducer.Configure(provider, producer);
                producer.SetLogHandler(OutboxProducer.Logger(provider));
            });
    }
#else
    /// <summary>Registers the <see cref="IProducer{TKey, TValue}"/>.</summary>
    public static void AddKafkaProducerFor(this IHostApplicationBuilder builder, string name)
    {
        var config = new ProducerConfig { BootstrapServers = builder.Configuration.GetConnectionString(name) };
        OutboxProducer.Configure(config);
        builder.Services.AddSingleton(provider =>
        {
            if (string.IsNullOrEmpty(config.BootstrapServers))
            {
                throw new InvalidOperationException(
                    $"Connection string '{name}' is missing: start the service through the AppHost, or set ConnectionStrings__{name}.");
            }

            var producer = new ProducerBuilder<byte[], byte[]>(config);
            OutboxProducer.Configure(provider, producer);
            return producer.SetLogHandler(OutboxProducer.Logger(provider)).Build();
        });
    }
#endif
}
