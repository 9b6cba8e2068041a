using Confluent.Kafka;
using EventDriven.Messaging.Kafka.Settings;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// A client that can ask about groups. It is built on consumers that join no group: on a client that has no group of its own, librdkafka
/// ends the process when a broker answers that it is not the group's coordinator, which every broker does while groups move
/// (https://github.com/confluentinc/librdkafka/issues/5040). Not for concurrent use.
/// </summary>
/// <remarks>
/// A long-running process must not ask <see cref="Client"/> for what only a group's coordinator knows: the group's members or offsets. If
/// such a request times out because the broker is away, and the broker comes back, librdkafka (2.16) uses freed memory: the process ends,
/// or one of its clients hangs (https://github.com/confluentinc/librdkafka/issues/4605: <c>rd_kafka_admin_coord_request</c> gives up the
/// last reference, and then passes its error to a callback with the same reference). Read offsets with <see cref="CommittedAsync"/>.
/// </remarks>
internal sealed class KafkaAdmin : IDisposable
{
    private const string NoGroup = "eventdriven-admin";

    private readonly KafkaSettings _kafka;
    private readonly string _group;
    private readonly Dictionary<string, IConsumer<byte[], byte[]>> _consumers = new(StringComparer.Ordinal);
    private IAdminClient? _client;
    private Error? _refusal;

    private KafkaAdmin(KafkaSettings kafka, string group) => (_kafka, _group) = (kafka, group);

    /// <summary>Where Kafka is, and how it is connected to.</summary>
    public KafkaSettings Settings => _kafka;

    public IAdminClient Client => _client ??= new DependentAdminClientBuilder(ConsumerOf(_group).Handle).Build();

    /// <summary>Creates a client.</summary>
    /// <param name="kafka">Settings of the client.</param>
    /// <param name="group">The group whose offsets are read most often, which saves a client; null if there is no such group.</param>
    public static KafkaAdmin Open(KafkaSettings kafka, string? group = null) => new(kafka, group ?? NoGroup);

    /// <summary>
    /// The offsets that a group has committed; <see cref="Offset.Unset"/> where it has none. Cancellation works only before the request
    /// begins. The client must not be disposed of during the request, so the caller waits for its end, for 10 s at most.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public Task<List<TopicPartitionOffset>> CommittedAsync(
        string group, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var consumer = ConsumerOf(group);
        return Task.Run(() => consumer.Committed(partitions, PartitionBounds.RequestTimeout), cancellationToken);
    }

    /// <summary>
    /// Why the clients get no connection, after a request that failed without saying so: wrong credentials or certificates. Null if the
    /// broker is merely away.
    /// </summary>
    public string? Refusal()
    {
        foreach (var consumer in _consumers.Values)
        {
            ServeErrors(consumer);
        }

        return _refusal is { } error ? BrokerRefusal.Describe(error, _kafka) : null;
    }

    /// <summary>Closes <see cref="Client"/>, which wakes ten times a second, and keeps the connections until the next use.</summary>
    public void Rest()
    {
        _client?.Dispose();
        _client = null;
    }

    /// <summary>
    /// Makes the next use begin with new clients. Call it after a failure: the old ones may have forgotten every broker (see
    /// <see cref="BootstrapReminder"/>).
    /// </summary>
    public void Renew()
    {
        Rest();
        foreach (var consumer in _consumers.Values)
        {
            consumer.Dispose();
        }

        _consumers.Clear();
        _refusal = null;
    }

    public void Dispose() => Renew();

    private IConsumer<byte[], byte[]> ConsumerOf(string group)
    {
        if (!_consumers.TryGetValue(group, out var consumer))
        {
            // A failed connection also throws an exception, and is logged once, there.
            consumer = _kafka.Follow(new ConsumerBuilder<byte[], byte[]>(
                    _kafka.ApplyTo(new ConsumerConfig { GroupId = group, EnableAutoCommit = false }))
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, error) => _refusal = RefusalCodes.IsOfConnection(error.Code) ? error : _refusal)
                .Build());
            _consumers.Add(group, consumer);
        }

        return consumer;
    }

    // It reads nothing: the client calls its error handler only from within Consume.
    private static void ServeErrors(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            consumer.Consume(TimeSpan.Zero);
        }
        catch (ConsumeException)
        {
            // It may use no group, which it doesn't need.
        }
    }
}
