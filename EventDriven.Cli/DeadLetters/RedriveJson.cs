namespace EventDriven.Cli.DeadLetters;

/// <summary>A redrive.</summary>
/// <param name="Redriving">How many dead letters were marked.</param>
/// <param name="Outcome">What became of them; null without --wait.</param>
internal sealed record RedriveJson(int Redriving, RedriveOutcomeJson? Outcome);
