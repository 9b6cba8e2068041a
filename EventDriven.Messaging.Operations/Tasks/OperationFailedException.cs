namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>What an operator asked for can't be done. The message tells why, and what to do next.</summary>
/// <param name="message">Why, and what to do next.</param>
/// <param name="exitCode">One of <see cref="Tasks.ExitCode"/>.</param>
/// <param name="innerException">The cause; null for none.</param>
public class OperationFailedException(
    string message, int exitCode = Tasks.ExitCode.Refused, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>One of <see cref="Tasks.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
