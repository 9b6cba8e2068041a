namespace EventDriven.LocalHost;

/// <summary>How the local application runs.</summary>
public sealed class LocalApplicationOptions
{
    /// <summary>Where servers keep their data, logs and passwords; null means <c>.local/</c> below the repository's root. Ignored when <see cref="Ephemeral"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Uses a temporary folder, which is removed at the end, and lets servers skip what only protects data from a power cut.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Folder of an Apache Kafka download; null means the cluster built into librdkafka, which keeps its log in memory.</summary>
    public string? KafkaHome { get; init; } = System.Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home ? home : null;

    /// <summary>Names of the services to start; null means all, an empty list means only the servers.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>Instances of each service: the first is named like the service, the second <c>checkout-2</c>, and so on.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Further environment variables, by name of the service or of one of its instances.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environment { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Lets the services tell what they did with each event (<c>Messaging:Receipts</c>), so that journeys can be asked for. Costs a little.</summary>
    public bool Receipts { get; init; } = true;

    /// <summary>Starts the Aspire dashboard when it is installed, and points every service's OTLP exporter at it.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Build configuration whose output is started (<c>debug</c> or <c>release</c>); null means the one of this assembly.</summary>
    public string? Configuration { get; init; }

    /// <summary>Where the resources' output goes, each line prefixed with its resource, besides the files; null means only to the files.</summary>
    public TextWriter? Output { get; init; }
}
