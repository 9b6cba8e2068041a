namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>What a consumer group has done.</summary>
/// <param name="Name">Kafka's group id.</param>
/// <param name="Topics">The topics whose events it has to handle.</param>
/// <param name="Hearsay">The topics that it reads and may miss events of.</param>
/// <param name="Types">The event types that it handles, and since when.</param>
/// <param name="Inbox">What it has handled, by the event's identity.</param>
/// <param name="DeadLetters">What it could not handle, and what stands behind that.</param>
/// <param name="Offsets">The stored offset of the next event, by topic and partition.</param>
internal sealed record GroupEvidence(
    string Name,
    IReadOnlyCollection<string> Topics,
    IReadOnlyCollection<string> Hearsay,
    IReadOnlyDictionary<string, DateTimeOffset> Types,
    IReadOnlyDictionary<Guid, InboxRow> Inbox,
    IReadOnlyList<StoredDeadLetter> DeadLetters,
    IReadOnlyDictionary<(string Topic, int Partition), long> Offsets);
