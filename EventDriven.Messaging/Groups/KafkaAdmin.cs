using Confluent.Kafka;

namespace EventDriven.Messaging.Groups;

/// <summary>Opens clients that ask and set, and neither read nor write records.</summary>
internal static class KafkaAdmin
{
    /// <summary>
    /// A client of its own. It writes nothing to standard error, which belongs to whoever runs the process: that a broker is away, its calls say.
    /// </summary>
    public static IAdminClient Open(string bootstrapServers) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
}
