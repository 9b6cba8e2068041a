using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Rules;

/// <summary>A run and what is left of it, with the indexes that rules share.</summary>
internal sealed class CheckedRun
{
    private readonly Dictionary<Guid, LoggedRecord> _byIdentity = [];
    private readonly Dictionary<string, LoggedRecord> _byId;
    private readonly Dictionary<string, GroupEvidence> _groups;
    private readonly HashSet<(string Group, string Position)> _discarded;

    public CheckedRun(History history, SystemEvidence evidence)
    {
        (History, Evidence) = (history, evidence);
        foreach (var record in evidence.Log.Where(record => record.Event is not null))
        {
            _byIdentity.TryAdd(record.Event!.Identity, record);
        }

        Events = [.. evidence.Log.Where(record => record.Event is { } read && _byIdentity[read.Identity] == record)];
        _byId = Events.DistinctBy(record => record.Event!.Id).ToDictionary(record => record.Event!.Id, StringComparer.Ordinal);
        Keys = Events.ToLookup(record => (record.Topic, record.Key!));
        Orders = evidence.Checkout.Orders.ToDictionary(order => order.Id);
        Planted = history.Operations.Where(request => request.Kind == OperationKind.Poison && request.Outcome != Outcome.Failed)
            .Select(request => (request.Instance, request.CorrelationId)).ToHashSet();
        Requests = history.Operations.Where(request => request.IdempotencyKey is not null && IsMadeWithKey(request.Kind))
            .ToLookup(request => request.IdempotencyKey!, StringComparer.Ordinal);
        _groups = evidence.Groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
        _discarded = evidence.Groups.SelectMany(
            group => group.DeadLetters.Where(letter => letter.State == "discarded"), (group, letter) => (group.Name, letter.Position))
            .ToHashSet();
    }

    /// <summary>What was asked.</summary>
    public History History { get; }

    /// <summary>What is stored.</summary>
    public SystemEvidence Evidence { get; }

    /// <summary>The first record of each event, by topic, partition and offset. Later copies of it are redeliveries by a relay.</summary>
    public IReadOnlyList<LoggedRecord> Events { get; }

    /// <summary>The same, by topic and key.</summary>
    public ILookup<(string Topic, string Key), LoggedRecord> Keys { get; }

    /// <summary>Topic and key of the records that nobody can read, which were produced on purpose.</summary>
    public IReadOnlySet<(string Topic, string Key)> Planted { get; }

    /// <summary>Checkout's orders.</summary>
    public IReadOnlyDictionary<Guid, StoredOrder> Orders { get; }

    /// <summary>Requests that make something once per idempotency key, by that key.</summary>
    public ILookup<string, Operation> Requests { get; }

    /// <summary>The longest fault that took effect: that long something may have been held up.</summary>
    public TimeSpan LongestFault => History.Faults.Where(fault => fault.TookEffect).Select(fault => fault.Ended - fault.Began)
        .DefaultIfEmpty().Max();

    /// <summary>The first record of each event of a type.</summary>
    public IEnumerable<(LoggedRecord Record, TFact Fact)> Facts<TFact>() =>
        Events.Where(record => record.Event!.Fact is TFact).Select(record => (record, (TFact)record.Event!.Fact!));

    /// <summary>The first record of the event with an id, whatever its source; null when the log has none.</summary>
    public LoggedRecord? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The first record of an event; null when the log has none.</summary>
    public LoggedRecord? Find(Guid identity) => _byIdentity.GetValueOrDefault(identity);

    /// <summary>Whether a group has handled an event, and an operator has not had it discarded.</summary>
    public bool IsHandled(string group, LoggedRecord record) =>
        _groups.TryGetValue(group, out var known) && known.Inbox.ContainsKey(record.Event!.Identity)
        && !_discarded.Contains((group, record.Position));

    /// <summary>Whether the times of services can be compared: no instance of theirs had its clock set wrong.</summary>
    public bool ClocksAgree(params IEnumerable<string> services) => !services.Any(service => Had(FaultKinds.ClockSkew, service).Any());

    /// <summary>The faults of a kind that an instance of a service had, where they took effect.</summary>
    public IEnumerable<FaultReport> Had(string kind, string service) => History.Faults.Where(
        fault => fault.TookEffect && fault.Fault.Kind == kind && fault.Fault.IsOf(service));

    /// <summary>What a request asks for; that of a repeat is what the other requests with its key ask for.</summary>
    public OperationKind KindOf(Operation request) => request.Kind != OperationKind.Repeat
        ? request.Kind
        : Requests[request.IdempotencyKey ?? ""].Select(same => same.Kind)
            .FirstOrDefault(kind => kind != OperationKind.Repeat, OperationKind.Place);

    /// <summary>The correlation ids of requests, where they were sent.</summary>
    public static IEnumerable<string> CorrelationIds(IEnumerable<Operation> requests) =>
        requests.Select(request => request.CorrelationId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal);

    private static bool IsMadeWithKey(OperationKind kind) => kind is OperationKind.Place or OperationKind.Repeat or OperationKind.SignUp;
}
