namespace EventDriven.Messaging.Tasks;

/// <summary>What a task's program ends with; the operator's command ends with the same.</summary>
internal static class TaskExit
{
    public const int Done = 0;

    /// <summary>It found something wrong, or can't be done.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>A server can't be reached.</summary>
    public const int Unreachable = 3;
}
