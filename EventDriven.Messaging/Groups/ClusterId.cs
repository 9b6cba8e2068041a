using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Groups;

/// <summary>The name that a Kafka cluster has for itself: an offset means nothing on another log.</summary>
internal static class ClusterId
{
    // Its id is an address in its process's memory: two logs may have the same.
    private const string BuiltIntoLibrdkafka = "mockCluster";

    /// <summary>The id; null when the cluster gives none, as the one built into librdkafka.</summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<string?> ReadAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var cluster = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(2 * PartitionBounds.RequestTimeout, cancellationToken);
        return cluster.ClusterId is { Length: > 0 } id && !id.StartsWith(BuiltIntoLibrdkafka, StringComparison.Ordinal) ? id : null;
    }

    /// <summary>Whether a group reads the log of this cluster, as far as the cluster tells.</summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> IsOfAsync(IAdminClient admin, RegisteredGroup group, CancellationToken cancellationToken) =>
        await ReadAsync(admin, cancellationToken) is not { } id || id == group.Cluster;
}
