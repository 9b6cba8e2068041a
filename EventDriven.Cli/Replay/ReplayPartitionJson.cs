namespace EventDriven.Cli.Replay;

/// <summary>What a replay does to one partition.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition.</param>
/// <param name="From">Offset of the first event that is delivered again.</param>
/// <param name="Until">Offset after the last one.</param>
/// <param name="Position">The group's position before.</param>
/// <param name="Events">How many these are at most.</param>
internal sealed record ReplayPartitionJson(string Topic, int Partition, long From, long Until, long Position, long Events);
