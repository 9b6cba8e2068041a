namespace EventDriven.Hosting.Kafka;

/// <summary>A topic that the emulator creates at its start.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">Number of partitions.</param>
public sealed record KafkaTopic(string Name, int Partitions);
