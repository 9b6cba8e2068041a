namespace EventDriven.Cli.Running;

/// <summary>The consumer has ended; its last line.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="ExitCode">Exit code of its program; 0 when it was stopped.</param>
internal sealed record EndedConsumerJson(string Project, int ExitCode) : RunLine;
