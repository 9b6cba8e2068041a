using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace EventDriven.KafkaEmulator;

/// <summary>
/// The functions of librdkafka's mock cluster, from the library that Confluent.Kafka has loaded (it ships several and picks one).
/// </summary>
internal static partial class RdKafka
{
    /// <summary><c>RD_KAFKA_PRODUCER</c>.</summary>
    public const int Producer = 0;

    private const string LibraryName = "librdkafka";

    static RdKafka() => NativeLibrary.SetDllImportResolver(typeof(RdKafka).Assembly, (name, _, _) => name == LibraryName ? Open() : 0);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint ConfNew();

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConfSet(nint configuration, string name, string value, Span<byte> error, nuint errorSize);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint configuration, Span<byte> error, nuint errorSize);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_cluster_new")]
    public static partial nint MockClusterNew(nint client, int brokers);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    public static partial void MockClusterDestroy(nint cluster);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint MockClusterBootstraps(nint cluster);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ErrorCode MockTopicCreate(nint cluster, string topic, int partitions, int replicationFactor);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_set_controller_id")]
    public static partial ErrorCode MockSetControllerId(nint cluster, int broker);

    [LibraryImport(LibraryName, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    public static partial void MockGroupInitialRebalanceDelayMs(nint cluster, int delayMs);

    private static nint Open()
    {
        Library.Load();
        const string Maps = "/proc/self/maps";
        var path = File.Exists(Maps)
            ? File.ReadLines(Maps).Select(line => line[(line.LastIndexOf(' ') + 1)..])
                .FirstOrDefault(file => file.EndsWith("librdkafka.so", StringComparison.Ordinal))
            : null;
        return path is null
            ? NativeLibrary.Load(LibraryName, typeof(Library).Assembly, searchPath: null)
            : NativeLibrary.Load(path);
    }
}
