namespace EventDriven.Messaging.Operations.Tasks.Execution;

/// <summary>A task of operators that a service's own program runs instead of serving, because only that program has the handlers.</summary>
internal interface IServiceTask
{
    /// <summary>First argument of the program: see <see cref="TaskNames"/>.</summary>
    string Name { get; }

    /// <summary>Options that take a value.</summary>
    IReadOnlySet<string> Options { get; }

    /// <summary>Options that take none.</summary>
    IReadOnlySet<string> Flags { get; }

    /// <summary>Runs the task.</summary>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="OperationFailedException">The task can't be done.</exception>
    Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken);
}
