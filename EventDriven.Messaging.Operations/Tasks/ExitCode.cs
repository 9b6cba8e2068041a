namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Exit codes of operators' commands and of tasks.</summary>
public static class ExitCode
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Done = 0;

    /// <summary>The command found something wrong, or was refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line is invalid, names something unknown, or a connection string is missing.</summary>
    public const int Usage = 2;

    /// <summary>A server can't be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>The change was made, and the audit trail has no entry of how it ended.</summary>
    public const int OutcomeNotRecorded = 4;

    /// <summary>
    /// The command was stopped before its end, by Ctrl+C for example: 128 plus the number of SIGINT, as shells report it.
    /// </summary>
    public const int Stopped = 130;
}
