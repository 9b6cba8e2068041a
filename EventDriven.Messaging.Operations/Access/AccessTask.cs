using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>Reports what a service does with Kafka. It needs no server.</summary>
/// <param name="services">The service's own.</param>
internal sealed class AccessTask(IServiceProvider services) : IServiceTask
{
    /// <inheritdoc/>
    public string Name => TaskNames.Access;

    /// <inheritdoc/>
    public IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlySet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken)
    {
        output.Write(ServiceAccess.Declared(services) ?? new DeclaredAccess(null, [], [], null));
        return Task.FromResult(ExitCode.Done);
    }
}
