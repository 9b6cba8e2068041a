namespace EventDriven.Messaging.Operations.Tasks.Execution;

/// <summary>A task can't be done. The message tells the operator why, and what to do next.</summary>
internal class TaskFailedException(
    string message, int exitCode = ExitCode.Refused, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
