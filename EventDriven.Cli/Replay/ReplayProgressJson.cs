namespace EventDriven.Cli.Replay;

/// <summary>How far a replay has come.</summary>
/// <param name="Done">Events that were delivered again.</param>
/// <param name="Total">Events to deliver again.</param>
internal sealed record ReplayProgressJson(long Done, long Total) : ReplayLine;
