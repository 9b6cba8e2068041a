using Confluent.Kafka;

namespace EventDriven.Messaging.Groups;

/// <summary>
/// A client that may ask about groups. It stands on a consumer, which joins none: on a client without a group of its own librdkafka takes the process down
/// when a broker answers that it doesn't look after a group, as all do while groups move (https://github.com/confluentinc/librdkafka/issues/5040).
/// Not for concurrent use.
/// </summary>
internal sealed class GroupAdmin : IDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;
    private IAdminClient? _client;

    private GroupAdmin(IConsumer<byte[], byte[]> consumer) => _consumer = consumer;

    public IAdminClient Client => _client ??= new DependentAdminClientBuilder(_consumer.Handle).Build();

    // What it has to say about a failed connection comes as an exception too, and is told once, there.
    public static GroupAdmin Open(string bootstrapServers) => new(
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "eventdriven-admin", EnableAutoCommit = false })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build());

    /// <summary>Keeps the connections and nothing else until it is used again: <see cref="Client"/> wakes ten times a second.</summary>
    public void Rest()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose()
    {
        Rest();
        _consumer.Dispose();
    }
}
