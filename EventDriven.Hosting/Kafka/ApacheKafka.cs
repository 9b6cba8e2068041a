using System.Buffers.Text;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Kafka;

/// <summary>
/// Apache Kafka from a download: one KRaft node (broker and controller in one process) on loopback, with its log on disk.
/// </summary>
public sealed class ApacheKafka : ServerProcess
{
    private readonly string _java = JavaProgram();
    private readonly string _libraries;
    private readonly bool _isEphemeral;

    internal ApacheKafka(string name, DataDirectory data, string home, bool isEphemeral)
        : base(name, data)
    {
        _isEphemeral = isEphemeral;
        _libraries = Path.Combine(home, "libs");
        if (!Directory.Exists(_libraries))
        {
            throw new HostingException(
                $"KAFKA_HOME is {home}, which has no folder 'libs'. It must be the folder of an Apache Kafka download.");
        }

        Controller = new EndpointReference(this, ControllerEndpoint);
    }

    /// <summary>Bootstrap servers.</summary>
    public override ReferenceExpression ConnectionStringExpression => Address;

    /// <summary>Listeners beside the one that every client uses. What is added before the broker starts counts.</summary>
    internal IList<KafkaListener> Listeners { get; } = [];

    internal const string ControllerEndpoint = "controller";

    private EndpointReference Controller { get; }

    private string PropertiesFile => Path.Combine(Folder, "server.properties");

    private string LoggingFile => Path.Combine(Folder, "log4j2.yaml");

    private string LogDirectory => Path.Combine(Folder, "log");

    private protected override async Task PrepareAsync(ILogger log, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(
            PropertiesFile, KafkaProperties.Render(Endpoint.Port, Controller.Port, LogDirectory, Listeners), cancellationToken);
        await File.WriteAllTextAsync(LoggingFile, KafkaProperties.Logging, cancellationToken);

        // A formatted folder keeps its cluster id.
        if (!File.Exists(Path.Combine(LogDirectory, "meta.properties")))
        {
            await Preparation.RunAsync(
                Java("kafka.tools.StorageTool", "format", "--cluster-id", NewClusterId(), "--config", PropertiesFile), Folder, log,
                cancellationToken);
        }
    }

    private protected override IEnumerable<object> CommandLine() => Java("kafka.Kafka", PropertiesFile);

    private protected override Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken) =>
        KafkaProbe.AnswersAsync(connectionString, cancellationToken);

    /// <summary>Kafka's form of an id: a UUID in URL-safe Base64.</summary>
    private static string NewClusterId() =>
        Base64Url.EncodeToString(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToByteArray(bigEndian: true));

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
