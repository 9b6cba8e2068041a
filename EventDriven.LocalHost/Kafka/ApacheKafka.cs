using System.Buffers.Text;
using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Resources;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Kafka;

/// <summary>Apache Kafka from a download: one KRaft node, broker and controller in one process, on loopback, its log on disk.</summary>
internal sealed class ApacheKafka(string name, ResourceLog log, DataDirectory data, string home) : ProcessResource(name, log, data)
{
    private static readonly TimeSpan FormatTimeout = TimeSpan.FromMinutes(1);

    private readonly int port = FreePort.Next();
    private readonly int controllerPort = FreePort.Next();

    public override string Address => ConnectionString;

    public override string Note => $"{Name}: Apache Kafka from {home}; its log is on disk, in {LogDirectory}.";

    internal override string ConnectionString => $"127.0.0.1:{port}";

    protected override TimeSpan ReadyTimeout => TimeSpan.FromMinutes(2);

    private string Folder => Data.Folder(Name);

    private string PropertiesFile => Path.Combine(Folder, "server.properties");

    private string LoggingFile => Path.Combine(Folder, "log4j2.yaml");

    private string LogDirectory => Path.Combine(Folder, "log");

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Log.Write(Note);
        await File.WriteAllTextAsync(PropertiesFile, KafkaProperties.Render(port, controllerPort, LogDirectory), cancellationToken);
        await File.WriteAllTextAsync(LoggingFile, KafkaProperties.Logging, cancellationToken);

        // A formatted folder keeps its cluster id.
        if (!File.Exists(Path.Combine(LogDirectory, "meta.properties")))
        {
            await ManagedProcess.RunAsync(
                Java("kafka.tools.StorageTool", "format", "--cluster-id", NewClusterId(), "--config", PropertiesFile), Log, FormatTimeout, cancellationToken);
        }
    }

    protected override ProcessSpec Spec() => Java("kafka.Kafka", PropertiesFile);

    protected override Task<bool> IsReadyAsync(CancellationToken cancellationToken) => KafkaProbe.AnswersAsync(ConnectionString, cancellationToken);

    /// <summary>Kafka's own form of an id: the URL-safe Base64 of a UUID.</summary>
    private static string NewClusterId() => Base64Url.EncodeToString(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToByteArray(bigEndian: true));

    private ProcessSpec Java(string mainClass, params ReadOnlySpan<string> arguments)
    {
        var libraries = Path.Combine(home, "libs");
        if (!Directory.Exists(libraries))
        {
            throw new LocalApplicationException($"KAFKA_HOME is {home}, which has no folder 'libs': it must be the folder of an Apache Kafka download.");
        }

        return new ProcessSpec(
            JavaProgram(),
            ["-Xmx512m", "-XX:+ExitOnOutOfMemoryError", $"-Dlog4j2.configurationFile={LoggingFile}", "-cp", Path.Combine(libraries, "*"), mainClass, .. arguments])
        {
            WorkingDirectory = Folder,
            StopTimeout = TimeSpan.FromSeconds(20),
        };
    }

    private static string JavaProgram() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } javaHome && File.Exists(Path.Combine(javaHome, "bin", "java"))
            ? Path.Combine(javaHome, "bin", "java")
            : Executable.Find("java")
                ?? throw new LocalApplicationException("Apache Kafka needs Java 17 or newer: install the package 'default-jre-headless', or unset KAFKA_HOME.");
}
