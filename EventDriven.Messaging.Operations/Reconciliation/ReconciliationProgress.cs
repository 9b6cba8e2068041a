namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>How far a reconciliation has come.</summary>
/// <param name="Read">Records read.</param>
/// <param name="Total">Records to read.</param>
public sealed record ReconciliationProgress(long Read, long Total);
