using EventDriven.Contracts;
using EventDriven.Hosting;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Targets;

/// <summary>
/// How far each service scales, which its own program says: its registration is what runs, so a rule can name no group or topic that it
/// does not have (ADR 0052).
/// </summary>
internal sealed class ServiceScaling
{
    /// <summary>Events of a topic that wait for each instance before another one is started.</summary>
    public const int LagPerInstance = 1000;

    /// <summary>Utilisation of the processor, in percent of the request, above which another instance is started.</summary>
    public const int Processor = 70;

    /// <summary>Seconds between two looks at the lag.</summary>
    public const int PollingSeconds = 15;

    /// <summary>Seconds for which fewer instances must have been enough before one is stopped: each stop moves partitions.</summary>
    public const int ScaleInSeconds = 300;

    /// <summary>
    /// Seconds that an instance has to end: longer than the 15 for which it still serves while load balancers turn away from it (ADR 0056),
    /// the host's own 30 for requests and events in hand, and the 15 after which telemetry that nobody takes is given up.
    /// </summary>
    public const int TerminationSeconds = 75;

    private readonly Dictionary<string, IReadOnlyList<ConsumedTopic>> _consumed;

    private ServiceScaling(Dictionary<string, IReadOnlyList<ConsumedTopic>> consumed) => _consumed = consumed;

    /// <summary>Asks the programs of all services.</summary>
    /// <exception cref="HostingException">A service is not built, or does not say what it reads.</exception>
    public static async Task<ServiceScaling> ReadAsync(IDistributedApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var consumed = new Dictionary<string, IReadOnlyList<ConsumedTopic>>(StringComparer.Ordinal);
        foreach (var service in ServiceDeclaration.Services(builder).Where(service => !service.IsSingleInstance()))
        {
            var declared = await ServiceDeclaration.AskAsync(service, Settings.Receipts(builder), cancellationToken);
            consumed[service.Name] =
            [
                .. declared.Groups.Where(group => !group.OffsetsInDatabase)
                    .SelectMany(group => group.Topics.Select(topic => Consumed(group.Name, topic))),
            ];
        }

        return new ServiceScaling(consumed);
    }

    /// <summary>
    /// The topics whose lag Kafka knows. A group that keeps its offsets in its database has none: its service is scaled by its processor.
    /// </summary>
    public IReadOnlyList<ConsumedTopic> Of(IResource service) => _consumed.GetValueOrDefault(service.Name) ?? [];

    /// <summary>As many instances as the topics have partitions, or as any of this system's has.</summary>
    public int MaxInstances(IResource service) => service.IsSingleInstance() ? 1
        : Of(service) is { Count: > 0 } topics
        ? topics.Max(topic => topic.Partitions)
        : Topics.All.Max(topic => topic.Partitions);

    private static ConsumedTopic Consumed(string group, string topic) => new(
        group,
        topic,
        Topics.All.FirstOrDefault(known => known.Name == topic)?.Partitions ?? throw new HostingException(
            $"The group '{group}' reads the topic '{topic}', which EventDriven.Contracts does not declare."));
}
