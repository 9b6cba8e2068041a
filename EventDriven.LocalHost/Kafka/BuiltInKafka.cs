using EventDriven.Contracts;
using EventDriven.LocalHost.Processes;

namespace EventDriven.LocalHost.Kafka;

/// <summary>The cluster built into librdkafka, in this process. It can't be asked to create topics, so it gets them from here.</summary>
internal sealed class BuiltInKafka(string name, ResourceLog log, IReadOnlyList<TopicDefinition> topics) : LocalResource(name, log)
{
    private MockCluster? cluster;
    private string? connectionString;

    public override string? Address => connectionString;

    public override string Note =>
        $"{Name}: the cluster built into librdkafka; its log is in memory, holds about 5 MiB a partition and is forgotten on exit. Set KAFKA_HOME for Apache Kafka.";

    internal override string? ConnectionString => connectionString;

    public void CreateTopic(string topic, int partitions) =>
        (cluster ?? throw new InvalidOperationException($"'{Name}' does not run.")).CreateTopic(topic, partitions);

    internal override Task StartAsync(CancellationToken cancellationToken)
    {
        if (cluster is { } existing)
        {
            existing.SetUp();
        }
        else
        {
            Log.Write(Note);
            cluster = MockCluster.Start();
            connectionString = cluster.BootstrapServers;
            foreach (var topic in topics)
            {
                cluster.CreateTopic(topic.Name, topic.Partitions);
            }
        }

        State = ResourceState.Running;
        return Task.CompletedTask;
    }

    /// <summary>Its broker closes its connections and takes no more; what is in its log stays, for <see cref="StartAsync"/>.</summary>
    internal override Task StopAsync()
    {
        cluster?.SetDown();
        State = ResourceState.Stopped;
        return Task.CompletedTask;
    }

    internal override Task KillAsync() => StopAsync();

    internal override ValueTask DisposeAsync()
    {
        cluster?.Dispose();
        cluster = null;
        return ValueTask.CompletedTask;
    }
}
