namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Why a task failed; its last line.</summary>
/// <param name="Message">The reason, and what to do next.</param>
/// <param name="ExitCode">Exit code of the program.</param>
public sealed record TaskFailure(string Message, int ExitCode) : TaskLine;
