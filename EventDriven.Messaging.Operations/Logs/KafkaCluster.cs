using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>The Kafka cluster that an operator works on. Its clients connect when they are first used. Not for concurrent use.</summary>
/// <param name="connectionString">
/// Addresses of brokers, such as <c>localhost:9092</c>, or settings of the client as <c>name=value;name=value</c>.
/// </param>
public sealed class KafkaCluster(string connectionString) : IDisposable
{
    internal KafkaAdmin Admin { get; } = KafkaAdmin.Open(KafkaSettings.Parse(connectionString));

    internal KafkaSettings Settings => Admin.Settings;

    internal IAdminClient Client => Admin.Client;

    /// <summary>
    /// Whether a group reads the log of this cluster, and not of another one. True when the cluster gives no id, as the emulator.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public Task<bool> IsReadByAsync(RegisteredGroup group, CancellationToken cancellationToken) =>
        ClusterId.IsOfAsync(Client, group.Cluster, cancellationToken);

    /// <summary>Closes the clients.</summary>
    public void Dispose() => Admin.Dispose();
}
