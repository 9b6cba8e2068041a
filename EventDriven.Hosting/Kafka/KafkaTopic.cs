namespace EventDriven.Hosting.Kafka;

/// <summary>A topic that the emulator has from its start, because it can't be asked to create one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many it has.</param>
public sealed record KafkaTopic(string Name, int Partitions);
