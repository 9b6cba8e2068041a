using System.Globalization;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Flow;

/// <summary>Puts together what the servers, the services' declarations and the past tell.</summary>
internal static class FlowReading
{
    private const string Database = "db";
    private const int PastSamples = 120;

    /// <param name="status">What was read.</param>
    /// <param name="declared">What each service publishes and reads, by instance; those that never answered are missing.</param>
    /// <param name="away">The instances that don't answer by now, and why.</param>
    /// <param name="history">Has the sample of this reading.</param>
    /// <param name="now">When it was read, UTC.</param>
    public static FlowSnapshot Of(
        SystemStatus status,
        IReadOnlyDictionary<string, DeclaredAccess> declared,
        IReadOnlyDictionary<string, string> away,
        FlowHistory history,
        DateTimeOffset now)
    {
        var instances = status.Parts.Where(part => part.Kind == StatusPartKind.Service)
            .Select(part => away.TryGetValue(part.Name, out var why) ? part with { Level = StatusLevel.Red, Says = [why] } : part)
            .ToList();
        var names = instances.Select(part => part.Name).Concat(declared.Keys).ToHashSet(StringComparer.Ordinal);
        var groupOwners = declared
            .SelectMany(service => service.Value.Groups, (service, group) => (group.Name, Service: ServiceOf(service.Key, names)))
            .GroupBy(owner => owner.Name, StringComparer.Ordinal)
            .ToDictionary(owner => owner.Key, owner => owner.First().Service, StringComparer.Ordinal);

        string Owner(GroupStatus group) =>
            groupOwners.GetValueOrDefault(group.Group.Name) ?? ServiceOfDatabase(group.Database, names);

        var services = Services(status, instances, declared, names, Owner);
        return new FlowSnapshot(
            now,
            services,
            Topics(status, services, history),
            [.. status.Groups.Select(group => Group(group, status, services.First(service => service.Name == Owner(group)), history))],
            [.. status.Parts.Where(part => part.Kind is StatusPartKind.Kafka or StatusPartKind.Database)]);
    }

    private static List<ServiceFlow> Services(
        SystemStatus status,
        List<StatusPart> instances,
        IReadOnlyDictionary<string, DeclaredAccess> declared,
        HashSet<string> names,
        Func<GroupStatus, string> owner)
    {
        var ownerOfDatabase = status.Groups.GroupBy(group => group.Database, StringComparer.Ordinal)
            .ToDictionary(database => database.Key, database => owner(database.First()), StringComparer.Ordinal);
        var outboxes = status.Parts.Where(part => part.Kind == StatusPartKind.Outbox)
            .GroupBy(part => ownerOfDatabase.GetValueOrDefault(part.Name) ?? ServiceOfDatabase(part.Name, names), StringComparer.Ordinal)
            .ToDictionary(outbox => outbox.Key, outbox => outbox.First(), StringComparer.Ordinal);
        return
        [
            .. from name in names.Select(instance => ServiceOf(instance, names)).Concat(status.Groups.Select(owner)).Concat(outboxes.Keys)
                   .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let own = instances.Where(instance => ServiceOf(instance.Name, names) == name).ToList()
               let outbox = outboxes.GetValueOrDefault(name)
               select new ServiceFlow(
                   name,
                   Level(own, outbox),
                   [.. own.Select(instance => own.Count > 1 ? $"{instance.Name}: {instance.Says[0]}" : instance.Says[0])],
                   [
                       .. declared.Where(service => ServiceOf(service.Key, names) == name).SelectMany(service => service.Value.Publishes)
                           .Distinct(StringComparer.Ordinal),
                   ])
               {
                   OutboxEvents = outbox?.Events,
                   OutboxSeconds = outbox?.Seconds,
               },
        ];
    }

    // One instance of several is a loss that the others make good.
    private static StatusLevel Level(List<StatusPart> instances, StatusPart? outbox)
    {
        var worst = instances.Count == 0 ? StatusLevel.Green : instances.Max(instance => instance.Level);
        var own = worst == StatusLevel.Red && instances.Exists(instance => instance.Level != StatusLevel.Red) ? StatusLevel.Yellow : worst;
        return outbox?.Level > own ? outbox.Level : own;
    }

    private static IReadOnlyList<TopicFlow> Topics(SystemStatus status, List<ServiceFlow> services, FlowHistory history)
    {
        var partitions = status.Groups.Where(group => group.Lag is not null).SelectMany(group => group.Lag!.Partitions)
            .GroupBy(partition => partition.Topic, StringComparer.Ordinal)
            .ToDictionary(topic => topic.Key, topic => topic.DistinctBy(partition => partition.Partition).ToList(), StringComparer.Ordinal);
        return
        [
            .. from name in status.Groups.SelectMany(known => known.Group.Topics).Concat(services.SelectMany(service => service.Publishes))
                   .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let known = partitions.GetValueOrDefault(name)
               select new TopicFlow(
                   name,
                   history.Rate(sample => sample.Ends.TryGetValue(name, out var end) ? end : null),
                   known?.Count,
                   known?.Sum(partition => partition.End)),
        ];
    }

    private static GroupFlow Group(GroupStatus group, SystemStatus status, ServiceFlow service, FlowHistory history)
    {
        var name = group.Group.Name;
        var part = status.Parts.First(part => part.Kind == StatusPartKind.Group && part.Name == name);
        var isAlone = service is { Level: StatusLevel.Red, Says.Count: > 0 };
        return new GroupFlow(
            name,
            service.Name,
            isAlone ? StatusLevel.Red : part.Level,
            isAlone ? [$"{service.Name} {service.Says[0]}", .. part.Says.Where(_ => part.Level != StatusLevel.Green)] : part.Says,
            [
                .. group.Group.Topics.Order(StringComparer.Ordinal).Select(topic => new GroupRead(
                    topic,
                    history.Rate(sample => sample.Positions.TryGetValue((name, topic), out var position) ? position : null),
                    group.Lag?.Partitions.Where(partition => partition.Topic == topic).Sum(partition => partition.Events))),
            ])
        {
            Members = part.Members,
            KeepsOffsets = group.Group.OffsetsInDatabase,
            Events = part.Events,
            Seconds = part.Seconds,
            ParkedKeys = part.ParkedKeys ?? 0,
            Trend = history.Trend(name),
            Past = history.Past(name, PastSamples),
        };
    }

    // "checkout-2" is an instance of "checkout".
    private static string ServiceOf(string instance, HashSet<string> names) =>
        instance.LastIndexOf('-') is var dash and > 0
            && int.TryParse(instance.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && names.Contains(instance[..dash])
            ? instance[..dash]
            : instance;

    private static string ServiceOfDatabase(string database, HashSet<string> names)
    {
        var plain = database.EndsWith(Database, StringComparison.OrdinalIgnoreCase) ? database[..^Database.Length] : database;
        return names.FirstOrDefault(name => name.Replace("-", "", StringComparison.Ordinal) == plain) ?? plain;
    }
}
