namespace EventDriven.Cli;

/// <summary>Why a command failed: one line on standard error.</summary>
/// <param name="Error">Why, and what to do next.</param>
/// <param name="ExitCode">The exit code of the command.</param>
internal sealed record ErrorJson(string Error, int ExitCode);
