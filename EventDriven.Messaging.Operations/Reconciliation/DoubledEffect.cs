namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>An effect that happened more than once, as the service itself found it.</summary>
/// <param name="EventId">The event that it belongs to, where the service can tell.</param>
/// <param name="Key">Its key, where the service can tell.</param>
/// <param name="Detail">What doesn't agree.</param>
internal sealed record DoubledEffect(string? EventId, string? Key, string Detail);
