using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Kafka;

/// <summary>
/// The program EventDriven.KafkaEmulator: its log is in memory, keeps about 5 MiB a partition and is lost on exit. It is good for a
/// demonstration, never for durability or load.
/// </summary>
public sealed class KafkaEmulator : ServerProcess
{
    internal const string ControlEndpoint = "control";

    /// <summary>The environment variable by which a service learns <see cref="ClusterId"/>.</summary>
    internal const string ClusterVariable = "Messaging__Cluster";

    private readonly IReadOnlyList<string> _program = BuildOutput.Companion("EventDriven.KafkaEmulator");
    private readonly IReadOnlyList<KafkaTopic> _topics;

    internal KafkaEmulator(string name, DataDirectory data, IReadOnlyList<KafkaTopic> topics)
        : base(name, data)
    {
        _topics = topics;
        Control = new EndpointReference(this, ControlEndpoint);
        Annotations.Add(new StateEntry(ClusterVariable, ClusterId));
    }

    /// <summary>The endpoint that creates topics by HTTP: <c>PUT /topics/{name}?partitions=N</c>.</summary>
    public EndpointReference Control { get; }

    /// <summary>Bootstrap servers.</summary>
    public override ReferenceExpression ConnectionStringExpression => Address;

    /// <summary>It has no cluster id and begins a new log with each run, so offsets of an earlier run must not be used.</summary>
    internal string ClusterId { get; } = $"emulator {Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";

    private protected override Task PrepareAsync(ILogger log, CancellationToken cancellationToken) => Task.CompletedTask;

    private protected override IEnumerable<object> CommandLine() =>
    [
        BuildOutput.DotNet, .. _program, "--port", Endpoint.Property(EndpointProperty.Port), "--control-port",
        Control.Property(EndpointProperty.Port),
        .. _topics.SelectMany(topic => (object[])["--topic", $"{topic.Name}={topic.Partitions}"]),
    ];

    private protected override Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken) =>
        KafkaProbe.AnswersAsync(connectionString, cancellationToken);
}
