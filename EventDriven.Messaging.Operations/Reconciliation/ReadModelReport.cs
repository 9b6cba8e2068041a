namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>The comparison of a read model with the log.</summary>
/// <param name="WithoutRow">Number of keys whose event was handled, but that have no row in the read model.</param>
/// <param name="FirstWithoutRow">The first of them.</param>
/// <param name="WithoutEvent">Number of keys that are in the read model, but have no event on the log.</param>
/// <param name="FirstWithoutEvent">The first of them.</param>
/// <param name="NotCompared">Topics that could not be compared, because too much of them was deleted.</param>
public sealed record ReadModelReport(
    long WithoutRow,
    IReadOnlyList<EventKey> FirstWithoutRow,
    long WithoutEvent,
    IReadOnlyList<EventKey> FirstWithoutEvent,
    IReadOnlyList<string> NotCompared);
