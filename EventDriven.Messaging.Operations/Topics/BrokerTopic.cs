namespace EventDriven.Messaging.Operations.Topics;

/// <summary>A topic as the broker has it.</summary>
/// <param name="Partitions">Number of partitions that have a leader.</param>
/// <param name="Retention">
/// How long events are kept; <see cref="Timeout.InfiniteTimeSpan"/> for ever; null when the broker does not say.
/// </param>
public sealed record BrokerTopic(int Partitions, TimeSpan? Retention);
