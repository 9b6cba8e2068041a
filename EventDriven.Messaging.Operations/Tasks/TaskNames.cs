namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Names of the tasks: the first argument of a service's program.</summary>
public static class TaskNames
{
    /// <summary>Reports what the service does with Kafka.</summary>
    public const string Access = "access";

    /// <summary>Rebuilds the service's read model from the log.</summary>
    public const string Rebuild = "rebuild";

    /// <summary>
    /// Option of <see cref="Rebuild"/>: id of the operator's recorded change that runs it. Without one it refuses, because nobody would
    /// know afterwards who did it and why.
    /// </summary>
    public const string Change = "--change";

    /// <summary>Runs the service's handlers over old events and rolls everything back.</summary>
    public const string Rehearse = "rehearse";
}
