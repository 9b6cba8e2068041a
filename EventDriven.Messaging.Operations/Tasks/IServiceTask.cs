namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Something that an operator lets a service's own program do instead of serving, because only it has the handlers.</summary>
internal interface IServiceTask
{
    /// <summary>First argument of the program.</summary>
    string Name { get; }

    /// <summary>Its options with a value.</summary>
    IReadOnlySet<string> Options { get; }

    /// <summary>Its flags.</summary>
    IReadOnlySet<string> Flags { get; }

    /// <summary>Does it.</summary>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="TaskFailedException">It can't be done.</exception>
    Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken);
}
