namespace EventDriven.Cli.Replay;

/// <summary>The end of a replay; its last line.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="DeliveredAgain">Events that were delivered again, at most.</param>
internal sealed record FinishedReplayJson(string Group, long DeliveredAgain) : ReplayLine;
