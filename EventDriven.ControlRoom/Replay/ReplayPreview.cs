using EventDriven.Messaging.Operations.Replay;

namespace EventDriven.ControlRoom.Replay;

/// <summary>What a replay would do, before it is done.</summary>
/// <param name="Input">What was filled in, with positions that no longer depend on the time.</param>
/// <param name="Partitions">The partitions that would be set back.</param>
/// <param name="Events">How many events would be delivered again, at most.</param>
/// <param name="CommandLine">The command line that does the same.</param>
public sealed record ReplayPreview(ReplayInput Input, IReadOnlyList<ReplayPartition> Partitions, long Events, string CommandLine);
