namespace EventDriven.Cli.DeadLetters;

/// <summary>What was discarded.</summary>
/// <param name="Discarded">How many dead letters were discarded.</param>
/// <param name="ResolvedMeanwhile">How many had been resolved before, and stay as they are.</param>
internal sealed record DiscardJson(int Discarded, int ResolvedMeanwhile);
