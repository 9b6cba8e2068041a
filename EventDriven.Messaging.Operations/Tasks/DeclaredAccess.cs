namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>What a service does with Kafka, as its registration declares it.</summary>
/// <param name="Source">CloudEvents <c>source</c> of its events; null if it publishes none.</param>
/// <param name="Publishes">Topics that its events go to.</param>
/// <param name="Groups">Its consumer groups.</param>
/// <param name="Receipts">Topic on which its groups report what they did; null if they don't.</param>
public sealed record DeclaredAccess(
    string? Source, IReadOnlyList<string> Publishes, IReadOnlyList<DeclaredGroup> Groups, string? Receipts) : TaskLine;
