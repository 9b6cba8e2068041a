using Confluent.Kafka;
using Confluent.Kafka.Admin;

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

    /// <summary>Whether a group reads the log of this cluster, as far as the cluster tells.</summary>
    /// <param name="admin">A client of the cluster.</param>
    /// <param name="ofGroup">The cluster that the group reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> IsOfAsync(IAdminClient admin, string ofGroup, CancellationToken cancellationToken) =>
        IsOf(await ReadAsync(admin, cancellationToken), ofGroup);

    /// <summary>Whether a group reads the log of the cluster with this id, as far as that tells.</summary>
    /// <param name="id">The id; null when the cluster gives none.</param>
    /// <param name="ofGroup">The cluster that the group reads.</param>
    public static bool IsOf(string? id, string ofGroup) =>
        id is null || id.StartsWith(BuiltIn, StringComparison.Ordinal) || id == ofGroup;
}
