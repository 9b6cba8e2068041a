namespace EventDriven.Cli.Topics;

/// <summary>A topic as the broker has it.</summary>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Retention">How long events are kept; <see cref="Timeout.InfiniteTimeSpan"/> for ever; null when the broker doesn't tell.</param>
internal sealed record BrokerTopic(int Partitions, TimeSpan? Retention);
