using Confluent.Kafka;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// A client that may ask about groups. It stands on consumers, which join none: on a client without a group of its own librdkafka takes the process down
/// when a broker answers that it doesn't look after a group, as all do while groups move (https://github.com/confluentinc/librdkafka/issues/5040).
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// <see cref="Client"/> must not be asked by a process that goes on for what only a group's coordinator knows: a group's members or offsets. When such a
/// request has timed out because the broker is away, and the broker comes back, librdkafka (2.16) uses what it has freed: the process ends, or a client of
/// it hangs (https://github.com/confluentinc/librdkafka/issues/4605: <c>rd_kafka_admin_coord_request</c> gives the last reference away, and the error that it
/// then returns is handed to a callback with the same reference). Offsets are asked for with <see cref="CommittedAsync"/>.
/// </remarks>
internal sealed class KafkaAdmin : IDisposable
{
    private const string NoGroup = "eventdriven-admin";

    private readonly string _bootstrapServers;
    private readonly string _group;
    private readonly Dictionary<string, IConsumer<byte[], byte[]>> _consumers = new(StringComparer.Ordinal);
    private IAdminClient? _client;

    private KafkaAdmin(string bootstrapServers, string group) => (_bootstrapServers, _group) = (bootstrapServers, group);

    /// <summary>Where Kafka is.</summary>
    public string BootstrapServers => _bootstrapServers;

    public IAdminClient Client => _client ??= new DependentAdminClientBuilder(ConsumerOf(_group).Handle).Build();

    /// <summary>Makes a client.</summary>
    /// <param name="bootstrapServers">Kafka.</param>
    /// <param name="group">The group whose offsets are asked for most, which saves a client; null when there is none.</param>
    public static KafkaAdmin Open(string bootstrapServers, string? group = null) => new(bootstrapServers, group ?? NoGroup);

    /// <summary>
    /// The offsets that a group has committed; <see cref="Offset.Unset"/> where it has none. The token only keeps it from beginning: the client must not be
    /// disposed of meanwhile, so whoever waits waits for its end, for 10 s at most.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public Task<List<TopicPartitionOffset>> CommittedAsync(
        string group, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var consumer = ConsumerOf(group);
        return Task.Run(() => consumer.Committed(partitions, PartitionBounds.RequestTimeout), cancellationToken);
    }

    /// <summary>Keeps the connections and nothing else until it is used again: <see cref="Client"/> wakes ten times a second.</summary>
    public void Rest()
    {
        _client?.Dispose();
        _client = null;
    }

    /// <summary>Begins with new clients when it is used again: after a failure, because they may have forgotten every broker (see <see cref="BootstrapReminder"/>).</summary>
    public void Renew()
    {
        Rest();
        foreach (var consumer in _consumers.Values)
        {
            consumer.Dispose();
        }

        _consumers.Clear();
    }

    public void Dispose() => Renew();

    private IConsumer<byte[], byte[]> ConsumerOf(string group)
    {
        if (!_consumers.TryGetValue(group, out var consumer))
        {
            // What it has to say about a failed connection comes as an exception too, and is told once, there.
            consumer = new ConsumerBuilder<byte[], byte[]>(
                    new ConsumerConfig { BootstrapServers = _bootstrapServers, GroupId = group, EnableAutoCommit = false })
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { })
                .Build();
            _consumers.Add(group, consumer);
        }

        return consumer;
    }
}
