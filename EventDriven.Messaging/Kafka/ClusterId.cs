using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>The name that a Kafka cluster has for itself: an offset means nothing on another log.</summary>
internal static class ClusterId
{
    // The one built into librdkafka is called after an address in its process's memory, which says nothing about its log: the AppHost names that
    // itself (MessagingOptions.Cluster).
    private const string BuiltIn = "mockCluster";

    /// <summary>The id; null when the cluster gives none.</summary>
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
