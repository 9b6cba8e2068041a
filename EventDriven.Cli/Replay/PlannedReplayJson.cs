namespace EventDriven.Cli.Replay;

/// <summary>What a replay will do; the only line when there is nothing to do.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Events">How many events are delivered again at most.</param>
/// <param name="Partitions">The partitions that are set back.</param>
internal sealed record PlannedReplayJson(string Group, long Events, IReadOnlyList<ReplayPartitionJson> Partitions) : ReplayLine;
