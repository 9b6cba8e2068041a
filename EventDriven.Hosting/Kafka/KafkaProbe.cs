using Confluent.Kafka;

namespace EventDriven.Hosting.Kafka;

/// <summary>Checks that a broker answers.</summary>
internal static class KafkaProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken) =>
        AnswersAsync(connectionString, brokers: 1, cancellationToken);

    /// <summary>Checks that it answers, and knows so many brokers.</summary>
    public static Task<bool> AnswersAsync(string connectionString, int brokers, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            // A broker that isn't up yet is expected, and not worth a line on the console at each attempt.
            using var admin = KafkaClient.Admin(connectionString);
            try
            {
                return admin.GetMetadata(Timeout).Brokers.Count >= brokers;
            }
            catch (KafkaException)
            {
                return false;
            }
        },
        cancellationToken);
}
