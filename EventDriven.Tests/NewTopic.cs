using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Tests;

/// <summary>Creates a topic that nobody has declared.</summary>
internal static class NewTopic
{
    private static readonly TimeSpan TopicTimeout = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = TopicTimeout };

    /// <summary>Returns when the broker lists all partitions. The emulator can't be asked for a topic over the wire.</summary>
    public static async Task CreateAsync(
        EventDriven.Hosting.Kafka.KafkaEmulator? emulator, string kafka, string name, int partitions, CancellationToken cancellationToken)
    {
        if (emulator is not null)
        {
            using var answer = await Http.PutAsync(
                new Uri($"{emulator.Control.Url}/topics/{name}?partitions={partitions}"), content: null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return;
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 }])
            .WaitAsync(TopicTimeout, cancellationToken);
        await Eventually.TrueAsync(() => admin.GetMetadata(name, TopicTimeout).Topics[0].Partitions.Count == partitions, TopicTimeout);
    }
}
