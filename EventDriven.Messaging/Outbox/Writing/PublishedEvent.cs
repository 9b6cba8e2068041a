namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>An event that a service may publish.</summary>
/// <param name="ClrType">The record that is added to the outbox.</param>
/// <param name="Key">Its subject and Kafka key.</param>
/// <param name="Versions">
/// What is published of it: that record's own version, then the other major versions that are published while consumers move.
/// </param>
internal sealed record PublishedEvent(Type ClrType, Func<object, string> Key, IReadOnlyList<PublishedVersion> Versions);
