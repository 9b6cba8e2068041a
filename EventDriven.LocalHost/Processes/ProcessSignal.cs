namespace EventDriven.LocalHost.Processes;

/// <summary>The signals that are sent here, with POSIX's numbers.</summary>
internal enum ProcessSignal
{
    None = 0,

    /// <summary>PostgreSQL's fast shutdown.</summary>
    Int = 2,
    Kill = 9,
    Term = 15,
}
