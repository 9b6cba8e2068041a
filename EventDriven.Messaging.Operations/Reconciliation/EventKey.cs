namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>A key of an event type.</summary>
/// <param name="EventType">CloudEvents type.</param>
/// <param name="Key">The key.</param>
public sealed record EventKey(string EventType, string Key);
