namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>A task can't be done; the message is for the operator and says what to do next.</summary>
internal class TaskFailedException(string message, int exitCode = ExitCode.Refused, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
