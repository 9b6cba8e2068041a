using EventDriven.Messaging.Contracts.Assemblies;
using EventDriven.Messaging.Contracts.Schemas;
using EventDriven.Messaging.Naming;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>All contracts of a solution, who publishes them, and what each consumer reads of them: as compiled.</summary>
/// <param name="Contracts">The events, by type.</param>
/// <param name="Producers">The services that publish an event, by type.</param>
/// <param name="Consumers">What services read.</param>
internal sealed record Landscape(
    IReadOnlyList<EventContract> Contracts, ILookup<string, string> Producers, IReadOnlyList<ConsumedEvent> Consumers)
{
    private const string MessagingBuilder = "EventDriven.Messaging.IMessagingBuilder";
    private const string Handler = "EventDriven.Messaging.IEventHandler`1";
    private const string BatchHandler = "EventDriven.Messaging.IEventBatchHandler`1";

    /// <summary>Reads built assemblies.</summary>
    /// <param name="contracts">
    /// Assemblies with producers' records. Of one that is a service too, only the records that it publishes count: it reads the others.
    /// </param>
    /// <param name="services">Assemblies of services, with what they read and publish.</param>
    /// <exception cref="ContractException">An assembly or a record can't be read.</exception>
    public static Landscape Read(IEnumerable<string> contracts, IEnumerable<string> services)
    {
        var found = new List<EventContract>();
        var published = new List<(Type Record, string Service)>();
        var consumed = new List<ConsumedEvent>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in contracts)
        {
            using var assembly = CompiledAssembly.Load(path);
            found.AddRange(ContractsOf(assembly, path));
        }

        foreach (var path in services)
        {
            using var assembly = CompiledAssembly.Load(path);
            names.Add(assembly.Name);
            published.AddRange(assembly.Types.ArgumentsOf(MessagingBuilder, "Publishes", "AlsoPublishes")
                .Select(record => (record, assembly.Name)));
            consumed.AddRange(ConsumedBy(assembly));
        }

        return new Landscape(
            [.. found.Where(IsProducers).OrderBy(contract => contract.Type, StringComparer.Ordinal)],
            published.Select(p => (Type: EventName.Of(p.Record), p.Service))
                .Concat(consumed.Select(read => (Type: LibraryEvents.EventsHandled, read.Service)))
                .Distinct()
                .ToLookup(p => p.Type, p => p.Service, StringComparer.Ordinal),
            [.. consumed.OrderBy(read => read.Service, StringComparer.Ordinal).ThenBy(read => read.Type, StringComparer.Ordinal)]);

        bool IsProducers(EventContract contract)
        {
            var service = contract.Record.Assembly.GetName().Name!;
            return !names.Contains(service)
                || published.Exists(p => p.Service == service && p.Record.FullName == contract.Record.FullName);
        }
    }

    /// <summary>What is read of an event.</summary>
    public IEnumerable<ConsumedEvent> ConsumersOf(string type) => Consumers.Where(consumed => consumed.Type == type);

    /// <summary>The members that are bound to a field of an event, with their services.</summary>
    public IEnumerable<(string Service, RecordMember Member)> ReadersOf(string type, string path) =>
        from consumed in ConsumersOf(type)
        from member in consumed.Members
        where member.Path == path
        select (consumed.Service, member);

    private static List<EventContract> ContractsOf(CompiledAssembly assembly, string path)
    {
        var docs = DocComments.Beside(path);
        return [.. assembly.Types.WithAttribute(typeof(EventAttribute)).Select(record => new EventContract(
            EventName.Of(record),
            EventName.TopicOf(record),
            record,
            RecordSchema.OfProducer(record, docs),
            assembly.Sources.Of(record),
            RecordMembers.Of(record, assembly.Sources, onlyRead: false)))];
    }

    private static List<ConsumedEvent> ConsumedBy(CompiledAssembly assembly) =>
        [.. assembly.Types.Implementing(Handler, BatchHandler)
            .SelectMany(handler => handler.GetInterfaces())
            .Where(implemented => implemented is { IsGenericType: true } && IsHandler(implemented.GetGenericTypeDefinition().FullName))
            .Select(implemented => implemented.GetGenericArguments()[0])
            .Distinct()
            .Select(record => new ConsumedEvent(
                assembly.Name,
                EventName.Of(record),
                record.Name,
                RecordSchema.OfConsumer(record),
                assembly.Sources.Of(record),
                RecordMembers.Of(record, assembly.Sources, onlyRead: true)))];

    private static bool IsHandler(string? name) => name is Handler or BatchHandler;
}
