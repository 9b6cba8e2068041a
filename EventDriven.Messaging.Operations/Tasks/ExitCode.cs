namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>What an operator's command ends with, and a task that it lets a service's program do.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It found something wrong, or was refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood, names what there isn't, or a connection string is missing.</summary>
    public const int Usage = 2;

    /// <summary>A server can't be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>It was stopped before its end, by Ctrl+C for example: 128 and the number of SIGINT, as shells say it.</summary>
    public const int Stopped = 130;
}
