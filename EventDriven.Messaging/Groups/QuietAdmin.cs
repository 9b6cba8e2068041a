using Confluent.Kafka;

namespace EventDriven.Messaging.Groups;

/// <summary>A client for operators. What it has to say about a failed connection comes as an exception too, and is printed once, there.</summary>
internal static class QuietAdmin
{
    public static IAdminClient Open(string bootstrapServers) => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, _) => { })
        .Build();
}
