namespace EventDriven.Cli;

/// <summary>A command failed. The message tells the operator why, and what to do next.</summary>
internal sealed class CommandFailedException(
    string message, int exitCode, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
