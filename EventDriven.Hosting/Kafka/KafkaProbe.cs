using Confluent.Kafka;

namespace EventDriven.Hosting.Kafka;

/// <summary>Does a broker answer?</summary>
internal static class KafkaProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static Task<bool> AnswersAsync(string bootstrapServers, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            // A broker that isn't up yet is what we wait for, not worth a line on the console each time.
            using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers, LogConnectionClose = false })
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { })
                .Build();
            try
            {
                return admin.GetMetadata(Timeout).Brokers.Count > 0;
            }
            catch (KafkaException)
            {
                return false;
            }
        },
        cancellationToken);
}
