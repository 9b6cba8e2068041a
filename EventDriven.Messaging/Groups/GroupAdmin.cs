using Confluent.Kafka;

namespace EventDriven.Messaging.Groups;

/// <summary>
/// A client that may ask about groups. It stands on a consumer, which joins none: on a client without a group of its own librdkafka takes the process down
/// when a broker answers that it doesn't look after a group, as all do while groups move (https://github.com/confluentinc/librdkafka/issues/5040).
/// </summary>
internal sealed class GroupAdmin : IDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;

    private GroupAdmin(IConsumer<byte[], byte[]> consumer) => (_consumer, Client) = (consumer, new DependentAdminClientBuilder(consumer.Handle).Build());

    public IAdminClient Client { get; }

    // What it has to say about a failed connection comes as an exception too, and is told once, there.
    public static GroupAdmin Open(string bootstrapServers) => new(
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "eventdriven-admin", EnableAutoCommit = false })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build());

    public void Dispose()
    {
        Client.Dispose();
        _consumer.Dispose();
    }
}
