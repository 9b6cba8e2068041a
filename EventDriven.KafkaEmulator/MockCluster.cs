using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace EventDriven.KafkaEmulator;

/// <summary>librdkafka's mock cluster: one broker that speaks the Kafka protocol on a port of loopback that it chooses itself.</summary>
internal sealed class MockCluster : IDisposable
{
    private const int Brokers = 1;
    private const int BrokerId = 1;
    private const int ErrorSize = 512;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly nint _client;
    private readonly nint _cluster;
    private readonly string _address;

    private MockCluster(nint client, nint cluster)
    {
        (_client, _cluster) = (client, cluster);
        _address = Marshal.PtrToStringUTF8(RdKafka.MockClusterBootstraps(cluster))!;
    }

    /// <exception cref="EmulatorException">librdkafka refuses.</exception>
    public static MockCluster Start()
    {
        var error = new byte[ErrorSize];
        var configuration = RdKafka.ConfNew();

        // The client only hosts the cluster and connects to nothing. Without this, it would report that on standard error.
        RdKafka.ConfSet(configuration, "log_level", "2", error, ErrorSize);
        var producer = RdKafka.New(RdKafka.Producer, configuration, error, ErrorSize);
        if (producer == 0)
        {
            throw new EmulatorException($"librdkafka can't start: {Encoding.UTF8.GetString(error).TrimEnd('\0')}");
        }

        var mock = RdKafka.MockClusterNew(producer, Brokers);

        // Without a controller, administrative requests wait for one until they time out, instead of being refused at once.
        if (mock == 0 || RdKafka.MockSetControllerId(mock, BrokerId) != ErrorCode.NoError)
        {
            RdKafka.Destroy(producer);
            throw new EmulatorException("librdkafka can't start its mock cluster; it gives no reason.");
        }

        RdKafka.MockGroupInitialRebalanceDelayMs(mock, delayMs: 0);
        return new MockCluster(producer, mock);
    }

    /// <summary>A connection to the broker, which the caller closes.</summary>
    /// <exception cref="EmulatorException">The broker refuses, or takes none within 2 s.</exception>
    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(_address), cancellationToken).AsTask()
                .WaitAsync(Timeout, TimeProvider.System, cancellationToken);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is OperationCanceledException ? exception
                : new EmulatorException($"The mock cluster takes no connection: {exception.Message}");
        }
    }

    /// <returns>Number of partitions if the topic exists already; null if it was created now.</returns>
    /// <exception cref="EmulatorException">librdkafka refuses, or doesn't say how many partitions there are.</exception>
    public int? CreateTopic(Topic topic) => RdKafka.MockTopicCreate(_cluster, topic.Name, topic.Partitions, Brokers) switch
    {
        ErrorCode.NoError => null,
        ErrorCode.TopicAlreadyExists => PartitionsOf(topic.Name),
        var error => throw new EmulatorException($"librdkafka can't create topic '{topic.Name}': {error.GetReason()}."),
    };

    public void Dispose()
    {
        RdKafka.MockClusterDestroy(_cluster);
        RdKafka.Destroy(_client);
    }

    // Asks the cluster itself, because a client's metadata request for an unknown topic would create it with 4 partitions.
    private int PartitionsOf(string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _address })
            .SetLogHandler((_, _) => { })
            .Build();
        try
        {
            return admin.GetMetadata(topic, Timeout).Topics[0].Partitions.Count;
        }
        catch (KafkaException exception)
        {
            throw new EmulatorException($"The mock cluster doesn't say how many partitions topic '{topic}' has: {exception.Error.Reason}.");
        }
    }
}
