namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Why a task came to nothing; its last line.</summary>
/// <param name="Message">For the operator.</param>
/// <param name="ExitCode">See <see cref="ExitCode"/>.</param>
internal sealed record TaskFailure(string Message, int ExitCode) : TaskLine;
