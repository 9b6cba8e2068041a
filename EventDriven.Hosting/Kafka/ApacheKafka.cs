using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Kafka;

/// <summary>
/// Apache Kafka from a download: a KRaft node (broker and controller in one process) on loopback, with its log on disk; alone, or one of
/// three.
/// </summary>
public sealed class ApacheKafka : ServerProcess
{
    private readonly string _java = JavaProgram();
    private readonly string _libraries;
    private readonly bool _isEphemeral;
    private readonly KafkaBrokers _brokers;
    private readonly int _id;
    private volatile bool _hasMetAll;

    internal ApacheKafka(string name, DataDirectory data, string home, bool isEphemeral, KafkaBrokers brokers)
        : base(name, data)
    {
        (_isEphemeral, _brokers) = (isEphemeral, brokers);
        _libraries = Path.Combine(home, "libs");
        if (!Directory.Exists(_libraries))
        {
            throw new HostingException(
                $"KAFKA_HOME is {home}, which has no folder 'libs'. It must be the folder of an Apache Kafka download.");
        }

        Controller = new EndpointReference(this, ControllerEndpoint);
        _id = brokers.Add(this);
    }

    /// <summary>Bootstrap servers: every broker of the cluster.</summary>
    public override ReferenceExpression ConnectionStringExpression => _brokers.Addresses;

    /// <summary>Host and port of this broker alone.</summary>
    internal ReferenceExpression ClientAddress => Address;

    /// <summary>Exists as soon as its folder has been formatted.</summary>
    internal string MetaFile => Path.Combine(LogDirectory, "meta.properties");

    /// <summary>Listeners beside the one that every client uses. What is added before the broker starts counts.</summary>
    internal IList<KafkaListener> Listeners { get; } = [];

    internal const string ControllerEndpoint = "controller";

    private EndpointReference Controller { get; }

    private string PropertiesFile => Path.Combine(Folder, "server.properties");

    private string LoggingFile => Path.Combine(Folder, "log4j2.yaml");

    private string LogDirectory => Path.Combine(Folder, "log");

    private protected override async Task PrepareAsync(ILogger log, CancellationToken cancellationToken)
    {
        var id = _brokers.Id();
        var nodes = await _brokers.NodesAsync(cancellationToken);
        await File.WriteAllTextAsync(
            PropertiesFile, KafkaProperties.Render(Endpoint.Port, nodes[_id - 1], nodes, LogDirectory, Listeners), cancellationToken);
        await File.WriteAllTextAsync(LoggingFile, KafkaProperties.Logging, cancellationToken);

        // A formatted folder keeps its cluster id.
        if (!File.Exists(MetaFile))
        {
            await Preparation.RunAsync(
                Java("kafka.tools.StorageTool", "format", "--cluster-id", id, "--config", PropertiesFile), Folder, log, cancellationToken);
        }
    }

    private protected override IEnumerable<object> CommandLine() => Java("kafka.Kafka", PropertiesFile);

    /// <summary>Where its controller listens, as soon as that is known.</summary>
    internal async Task<int> ControllerPortAsync(CancellationToken cancellationToken) => int.Parse(
        (await Controller.Property(EndpointProperty.Port).GetValueAsync(cancellationToken))!, CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether this broker answers. The first time, all of them have to be there, because topics are created with a replica on each.
    /// </summary>
    private protected override async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        var own = (await ClientAddress.GetValueAsync(cancellationToken))!;
        if (!await KafkaProbe.AnswersAsync(own, _hasMetAll ? 1 : _brokers.All.Count, cancellationToken))
        {
            return false;
        }

        _hasMetAll = true;
        return true;
    }

    private List<string> Java(string mainClass, params ReadOnlySpan<string> arguments) =>
    [
        _java, "-Xmx512m", "-XX:+ExitOnOutOfMemoryError",
        // Without the optimizing compiler, the broker starts two seconds sooner.
        .. _isEphemeral ? ["-XX:TieredStopAtLevel=1"] : Array.Empty<string>(),
        $"-Dlog4j2.configurationFile={LoggingFile}", "-cp", Path.Combine(_libraries, "*"), mainClass, .. arguments,
    ];

    private static string JavaProgram() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } javaHome && File.Exists(Path.Combine(javaHome, "bin", "java"))
            ? Path.Combine(javaHome, "bin", "java")
            : Executable.Find("java")
                ?? throw new HostingException(
                    "Apache Kafka needs Java 17 or newer: install the package 'default-jre-headless', or unset KAFKA_HOME.");
}
