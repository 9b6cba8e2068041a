using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>A rehearsal of a replay by a service's own program. It changes nothing, so nothing is recorded.</summary>
/// <param name="Group">The group.</param>
/// <param name="Program">Path of its service's program, see <see cref="ServiceProgram.Find"/>.</param>
/// <param name="Environment">Environment variables that the program needs beside those of this one: connection strings.</param>
/// <param name="Range">What to rehearse.</param>
public sealed record RehearsalPlan(string Group, string Program, IReadOnlyDictionary<string, string> Environment, ReplayRange Range)
{
    /// <summary>Further topics beside that of <see cref="Range"/>.</summary>
    public IReadOnlyList<string> MoreTopics { get; init; } = [];

    /// <summary>Runs the group's handlers over the log, and rolls everything back.</summary>
    /// <param name="line">Receives each line of the task: its progress, and its result.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>What would change (<see cref="RehearsalResult"/>), and the exit code: 1 when an event can't be applied.</returns>
    /// <exception cref="OperationFailedException">The rehearsal failed.</exception>
    public Task<(TaskLine Result, int ExitCode)> RunAsync(Action<TaskLine> line, CancellationToken cancellationToken) =>
        ServiceRun.RunAsync(
            Program,
            [TaskNames.Rehearse, "--group", Group, .. Range.Options, .. MoreTopics.SelectMany(topic => (string[])["--topic", topic])],
            Environment,
            line,
            cancellationToken);
}
