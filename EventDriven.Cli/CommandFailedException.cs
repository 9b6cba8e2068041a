namespace EventDriven.Cli;

/// <summary>A command can't do its work; the message is for the operator.</summary>
internal sealed class CommandFailedException(string message, int exitCode, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
