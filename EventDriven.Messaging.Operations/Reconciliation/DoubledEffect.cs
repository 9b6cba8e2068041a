namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>An effect that happened more than once, as the service's own tables show it.</summary>
/// <param name="EventId">Its event; null when the service does not know it.</param>
/// <param name="Key">Its key; null when the service does not know it.</param>
/// <param name="Detail">What does not agree.</param>
public sealed record DoubledEffect(string? EventId, string? Key, string Detail);
