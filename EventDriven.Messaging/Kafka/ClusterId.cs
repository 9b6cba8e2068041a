using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Kafka;

/// <summary>The id of a Kafka cluster. An offset is valid only within one cluster.</summary>
internal static class ClusterId
{
    // librdkafka's mock cluster is named after a memory address of its process, which does not identify its log. The AppHost gives it a
    // name (MessagingOptions.Cluster).
    private const string BuiltIn = "mockCluster";

    /// <summary>The id; null if the cluster has none.</summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<string?> ReadAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var cluster = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(2 * PartitionBounds.RequestTimeout, cancellationToken);
        return cluster.ClusterId is { Length: > 0 } id ? id : null;
    }

    /// <summary>Whether a group reads from this cluster; true if the cluster gives no id.</summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> IsOfAsync(IAdminClient admin, RegisteredGroup group, CancellationToken cancellationToken) =>
        IsOf(await ReadAsync(admin, cancellationToken), group);

    /// <summary>Whether a group reads from the cluster with this id; true if the id is not known.</summary>
    public static bool IsOf(string? id, RegisteredGroup group) =>
        id is null || id.StartsWith(BuiltIn, StringComparison.Ordinal) || id == group.Cluster;
}
