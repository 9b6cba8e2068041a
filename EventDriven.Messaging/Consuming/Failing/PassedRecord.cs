namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>A record that a group moves past without any effect.</summary>
/// <param name="Record">The record.</param>
/// <param name="Dropped">Why it was dropped; null when the group has no handler for it.</param>
internal sealed record PassedRecord(SourceRecord Record, Exception? Dropped = null);
