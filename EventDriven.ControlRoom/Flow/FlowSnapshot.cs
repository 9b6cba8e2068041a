using EventDriven.Messaging.Operations.Status;

namespace EventDriven.ControlRoom.Flow;

/// <summary>The flow of facts at one moment: services publish to topics, and groups read them.</summary>
/// <param name="At">When it was read, UTC.</param>
/// <param name="Services">The services, by name.</param>
/// <param name="Topics">The topics, by name.</param>
/// <param name="Groups">The consumer groups, by name.</param>
/// <param name="Servers">Kafka and the databases.</param>
public sealed record FlowSnapshot(
    DateTimeOffset At,
    IReadOnlyList<ServiceFlow> Services,
    IReadOnlyList<TopicFlow> Topics,
    IReadOnlyList<GroupFlow> Groups,
    IReadOnlyList<StatusPart> Servers)
{
    /// <summary>The state of each part, worst first.</summary>
    public IReadOnlyList<(StatusLevel Level, string Name, string Says, string Link)> Problems =>
    [
        .. Servers.Select(server => (server.Level, server.Name, server.Says[0], "#servers"))
            .Concat(Groups.Select(group => (group.Level, $"group {group.Name}", group.Says[0], $"#{Anchors.Group(group.Name)}")))
            .Concat(Services.Select(service => (
                service.Level,
                service.Name,
                service.Says.Count > 0 ? service.Says[0] : "its outbox waits",
                $"#{Anchors.Service(service.Name)}")))
            .Where(part => part.Level != StatusLevel.Green)
            .OrderByDescending(part => part.Level),
    ];
}
