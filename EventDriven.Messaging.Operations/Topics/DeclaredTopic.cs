namespace EventDriven.Messaging.Operations.Topics;

/// <summary>A topic as the system declares it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Retention">How long events are kept.</param>
public sealed record DeclaredTopic(string Name, int Partitions, TimeSpan Retention);
