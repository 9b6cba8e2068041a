namespace EventDriven.Cli;

/// <summary>What a command says beside its result: one line on standard error.</summary>
/// <param name="Warning">What is missing from the result, or goes wrong meanwhile.</param>
internal sealed record WarningJson(string Warning);
