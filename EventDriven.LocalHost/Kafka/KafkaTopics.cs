using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.LocalHost.Processes;

namespace EventDriven.LocalHost.Kafka;

/// <summary>Creates single topics over the wire.</summary>
internal static class KafkaTopics
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Creates the topic and returns when the broker lists all its partitions.</summary>
    public static async Task CreateAsync(string bootstrapServers, string name, int partitions, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 }])
            .WaitAsync(Timeout, cancellationToken);
        var visible = await Poll.UntilAsync(
            _ => Task.FromResult(admin.GetMetadata(name, Timeout).Topics[0].Partitions.Count == partitions), Timeout, cancellationToken);
        if (!visible)
        {
            throw new LocalApplicationException($"Topic '{name}' was created but doesn't show up within {Timeout.TotalSeconds} s.");
        }
    }
}
