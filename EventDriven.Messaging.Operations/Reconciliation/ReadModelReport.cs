namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>How a read model and the log agree.</summary>
/// <param name="WithoutRow">Keys of events that the group has handled and the read model has no row of.</param>
/// <param name="FirstWithoutRow">The first of them, as event type and key.</param>
/// <param name="WithoutEvent">Keys that the read model has and the log has no event of.</param>
/// <param name="FirstWithoutEvent">The first of them.</param>
/// <param name="NotCompared">Topics of which so much was deleted that nobody can tell what stood there.</param>
internal sealed record ReadModelReport(
    long WithoutRow,
    IReadOnlyList<(string EventType, string Key)> FirstWithoutRow,
    long WithoutEvent,
    IReadOnlyList<(string EventType, string Key)> FirstWithoutEvent,
    IReadOnlyList<string> NotCompared);
