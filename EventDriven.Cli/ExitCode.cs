namespace EventDriven.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server answered, but refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood, or a connection string is missing.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached in time.</summary>
    public const int Unreachable = 3;
}
