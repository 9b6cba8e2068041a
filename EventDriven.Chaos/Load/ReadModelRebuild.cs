using System.Diagnostics;
using System.Globalization;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using EventDriven.Hosting.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Chaos.Load;

/// <summary>
/// Rebuilds the read model of Analytics beside its live instances, by its own program, as <c>./eventdriven rebuild</c> does.
/// </summary>
internal static class ReadModelRebuild
{
    /// <summary>The service that has a read model.</summary>
    public const string Service = "analytics";

    private const string Project = "Analytics.Worker";

    // Asked to end, it ends its group's pause at once.
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(20);

    /// <summary>Rebuilds it; when that is cancelled, the program is asked to end, as by Ctrl+C.</summary>
    /// <returns>What the operator learns of it.</returns>
    public static async Task<(Outcome Outcome, string Note)> RunAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        using var program = Process.Start(await StartAsync(system, cancellationToken))!;
        try
        {
            // One that says more than its last line fills no pipe.
            var errors = program.StandardError.ReadToEndAsync(cancellationToken);
            var output = await program.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await errors;
            await program.WaitForExitAsync(cancellationToken);
            return (
                program.ExitCode switch
                {
                    ExitCode.Done => Outcome.Ok,
                    ExitCode.Refused or ExitCode.Usage => Outcome.Failed,
                    _ => Outcome.Unknown,
                },
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"rebuild, exit code {program.ExitCode}: {LastLine.Of(output)} {LastLine.Of(error)}"));
        }
        finally
        {
            await ProcessSignal.EndAsync(program, EndBound);
        }
    }

    private static async Task<ProcessStartInfo> StartAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var path = BuildOutput.Service(Project);
        var start = new ProcessStartInfo(BuildOutput.DotNet, [path, TaskNames.Rebuild, TaskNames.Change, $"{Guid.CreateVersion7()}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(path),
        };
        foreach (var name in (string[])[$"{Service}db", Topology.Kafka, Topology.Redis])
        {
            start.Environment[$"ConnectionStrings__{name}"] = await system.ConnectionStringAsync(name, cancellationToken);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    }
}
