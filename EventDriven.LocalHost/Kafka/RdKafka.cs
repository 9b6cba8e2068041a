using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace EventDriven.LocalHost.Kafka;

/// <summary>The functions of librdkafka's mock cluster, from the very library that Confluent.Kafka has loaded (it ships several and picks one).</summary>
internal sealed unsafe class RdKafka
{
    /// <summary><c>RD_KAFKA_PRODUCER</c>.</summary>
    public const int Producer = 0;

    private static readonly Lazy<RdKafka> Loaded = new(() => new RdKafka(Open()));

    private RdKafka(nint library)
    {
        ConfNew = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "rd_kafka_conf_new");
        ConfSet = (delegate* unmanaged<nint, byte*, byte*, byte*, nuint, int>)NativeLibrary.GetExport(library, "rd_kafka_conf_set");
        New = (delegate* unmanaged<int, nint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "rd_kafka_new");
        Destroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_destroy");
        MockClusterNew = (delegate* unmanaged<nint, int, nint>)NativeLibrary.GetExport(library, "rd_kafka_mock_cluster_new");
        MockClusterDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_mock_cluster_destroy");
        MockClusterBootstraps = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(library, "rd_kafka_mock_cluster_bootstraps");
        MockTopicCreate = (delegate* unmanaged<nint, nint, int, int, int>)NativeLibrary.GetExport(library, "rd_kafka_mock_topic_create");
        MockBrokerSetDown = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_mock_broker_set_down");
        MockBrokerSetUp = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_mock_broker_set_up");
        MockSetControllerId = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_mock_set_controller_id");
        MockGroupInitialRebalanceDelayMs =
            (delegate* unmanaged<nint, int, void>)NativeLibrary.GetExport(library, "rd_kafka_mock_group_initial_rebalance_delay_ms");
    }

    public delegate* unmanaged<nint> ConfNew { get; }

    public delegate* unmanaged<nint, byte*, byte*, byte*, nuint, int> ConfSet { get; }

    public delegate* unmanaged<int, nint, byte*, nuint, nint> New { get; }

    public delegate* unmanaged<nint, void> Destroy { get; }

    public delegate* unmanaged<nint, int, nint> MockClusterNew { get; }

    public delegate* unmanaged<nint, void> MockClusterDestroy { get; }

    public delegate* unmanaged<nint, nint> MockClusterBootstraps { get; }

    public delegate* unmanaged<nint, nint, int, int, int> MockTopicCreate { get; }

    public delegate* unmanaged<nint, int, int> MockBrokerSetDown { get; }

    public delegate* unmanaged<nint, int, int> MockBrokerSetUp { get; }

    public delegate* unmanaged<nint, int, int> MockSetControllerId { get; }

    public delegate* unmanaged<nint, int, void> MockGroupInitialRebalanceDelayMs { get; }

    public static RdKafka Load() => Loaded.Value;

    private static nint Open()
    {
        Library.Load();
        const string Maps = "/proc/self/maps";
        var path = File.Exists(Maps)
            ? File.ReadLines(Maps).Select(line => line[(line.LastIndexOf(' ') + 1)..]).FirstOrDefault(file => file.EndsWith("librdkafka.so", StringComparison.Ordinal))
            : null;
        return path is null
            ? NativeLibrary.Load("librdkafka", typeof(Library).Assembly, searchPath: null)
            : NativeLibrary.Load(path);
    }
}
