using System.Runtime.InteropServices;

namespace EventDriven.LocalHost.Kafka;

/// <summary>librdkafka's mock cluster: one broker that speaks the Kafka protocol on a port of loopback.</summary>
internal sealed unsafe class MockCluster : IDisposable
{
    private const int Brokers = 1;
    private const int BrokerId = 1;
    private const int ErrorSize = 512;

    private readonly RdKafka library;
    private readonly nint client;
    private nint cluster;

    private MockCluster(RdKafka library, nint client, nint cluster)
    {
        this.library = library;
        this.client = client;
        this.cluster = cluster;
        BootstrapServers = Marshal.PtrToStringUTF8(library.MockClusterBootstraps(cluster))
            ?? throw new LocalApplicationException("librdkafka's built-in cluster names no address.");
    }

    public string BootstrapServers { get; }

    /// <exception cref="LocalApplicationException">librdkafka refuses.</exception>
    public static MockCluster Start()
    {
        var kafka = RdKafka.Load();
        var error = stackalloc byte[ErrorSize];
        var configuration = kafka.ConfNew();

        // The client only carries the cluster and connects to nothing; it would say on standard error that it can't.
        fixed (byte* setting = "log_level\0"u8, value = "2\0"u8)
        {
            kafka.ConfSet(configuration, setting, value, error, ErrorSize);
        }

        var producer = kafka.New(RdKafka.Producer, configuration, error, ErrorSize);
        if (producer == 0)
        {
            throw new LocalApplicationException($"librdkafka's built-in cluster can't start: {Marshal.PtrToStringUTF8((nint)error)}");
        }

        var mock = kafka.MockClusterNew(producer, Brokers);
        if (mock == 0)
        {
            kafka.Destroy(producer);
            throw new LocalApplicationException("librdkafka's built-in cluster can't start.");
        }

        // Without one, administrative requests wait for it until they time out, instead of being refused at once.
        kafka.MockSetControllerId(mock, BrokerId);
        kafka.MockGroupInitialRebalanceDelayMs(mock, 0);
        return new MockCluster(kafka, producer, mock);
    }

    public void CreateTopic(string name, int partitions)
    {
        var utf8 = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            var error = library.MockTopicCreate(cluster, utf8, partitions, Brokers);
            if (error != 0)
            {
                throw new LocalApplicationException($"librdkafka's built-in cluster can't create topic '{name}': error {error}.");
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(utf8);
        }
    }

    public void SetDown() => library.MockBrokerSetDown(cluster, BrokerId);

    public void SetUp() => library.MockBrokerSetUp(cluster, BrokerId);

    public void Dispose()
    {
        if (cluster != 0)
        {
            library.MockClusterDestroy(cluster);
            library.Destroy(client);
            cluster = 0;
        }
    }
}
