using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Groups;

/// <summary>Which log a broker holds.</summary>
internal static class KafkaCluster
{
    /// <summary>The cluster's id; null for a broker that gives none.</summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<string?> IdAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var cluster = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(2 * PartitionBounds.RequestTimeout, cancellationToken);
        return cluster.ClusterId is { Length: > 0 } id ? id : null;
    }
}
