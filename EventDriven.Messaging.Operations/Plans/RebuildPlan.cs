using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>A rebuild of a service's read model by the service's own program, before it is made.</summary>
/// <param name="Service">The service.</param>
/// <param name="Program">Path of its program, see <see cref="ServiceProgram.Find"/>.</param>
/// <param name="Environment">Environment variables that the program needs beside those of this one: connection strings.</param>
public sealed record RebuildPlan(string Service, string Program, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Whether the loss of events that are no longer on the log is accepted. Else it is refused, and reports them.</summary>
    public bool AllowLoss { get; init; }

    /// <summary>What would be done, for the question to an operator.</summary>
    public string Description =>
        $"The read model of {Service} will be rebuilt. The old one answers until the new one takes its place."
        + (AllowLoss ? " Events that are no longer on the log will be lost for good." : "");

    /// <summary>The command line that does the same, without the program's name.</summary>
    public string CommandLine => CommandText.Of(["rebuild", "--service", Service, .. AllowLoss ? ["--allow-loss"] : Array.Empty<string>()]);

    /// <summary>Rebuilds the read model, and records that.</summary>
    /// <param name="change">Who asks, and why.</param>
    /// <param name="line">Receives each line of the task: its progress, and its result.</param>
    /// <param name="cancellationToken">Ends the program, which changes everything or nothing.</param>
    /// <returns>Its result, such as <see cref="RebuildResult"/>, and its exit code.</returns>
    /// <exception cref="OperationFailedException">The rebuild was refused or failed.</exception>
    /// <exception cref="ChangeNotRecordedException">The audit trail can't be written. Nothing was changed.</exception>
    public Task<(TaskLine Result, int ExitCode)> RunAsync(
        OperatorChange change, Action<TaskLine> line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.RunAsync(
            stopping => ServiceRun.RunAsync(
                Program,
                [TaskNames.Rebuild, TaskNames.Change, $"{change.Id}", .. AllowLoss ? ["--allow-loss"] : Array.Empty<string>()],
                Environment,
                line,
                stopping),
            ended => ended.ExitCode == ExitCode.Done ? null : $"It ended with exit code {ended.ExitCode}.",
            cancellationToken);
    }
}
