using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>The Kafka cluster that an operator works on. Its clients connect when they are first used. Not for concurrent use.</summary>
/// <param name="connectionString">
/// Addresses of brokers, such as <c>localhost:9092</c>, or settings of the client as <c>name=value;name=value</c>, security included.
/// </param>
/// <exception cref="InvalidOperationException">The connection string can't be used. The message shows no secret.</exception>
public sealed class KafkaCluster(string connectionString) : IDisposable
{
    private static readonly TimeSpan ExplainTimeout = TimeSpan.FromSeconds(2);

    internal KafkaAdmin Admin { get; } = KafkaAdmin.Open(KafkaSettings.Parse(connectionString));

    internal KafkaSettings Settings => Admin.Settings;

    internal IAdminClient Client => Admin.Client;

    /// <summary>
    /// Whether a group reads the log of this cluster, and not of another one. True when the cluster gives no id, as the emulator.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public Task<bool> IsReadByAsync(RegisteredGroup group, CancellationToken cancellationToken) =>
        ClusterId.IsOfAsync(Client, group.Cluster, cancellationToken);

    /// <summary>Requires that a group reads the log of this cluster.</summary>
    /// <exception cref="OperationFailedException">It reads that of another one.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public async Task RequireLogOfAsync(RegisteredGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!await IsReadByAsync(group, cancellationToken))
        {
            throw new OperationFailedException(
                $"Group '{group.Name}' reads the log of another cluster ({group.Cluster}). "
                + "Pass a broker of that cluster with --kafka or ConnectionStrings__kafka.",
                ExitCode.Usage);
        }
    }

    /// <summary>
    /// Why no connection comes about, where that takes a change: wrong credentials or certificates. Null if the cluster answers, or merely
    /// is away. Takes some seconds; made for the message of a command that has failed.
    /// </summary>
    public Task<string?> ExplainAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                Client.GetMetadata(ExplainTimeout);
                return null;
            }
            catch (KafkaException)
            {
                return Admin.Refusal();
            }
        },
        cancellationToken);

    /// <summary>Closes the clients.</summary>
    public void Dispose() => Admin.Dispose();
}
