using System.Diagnostics;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Programs;

/// <summary>Runs a task in a service's program, and shows its progress. The program ends with this command.</summary>
internal static class ServiceRun
{
    private const int ErrorLines = 10;

    // Ctrl+C reaches the program too, which then reports what it has changed. This command itself has little time to wait for that.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs the task.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments: the task's name and options.</param>
    /// <param name="environment">Environment variables that are added to this command's own.</param>
    /// <param name="json">Whether to pass its lines through instead of showing progress.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Its result, and its exit code.</returns>
    /// <exception cref="CommandFailedException">The task failed.</exception>
    public static async Task<(TaskLine Result, int ExitCode)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        bool json,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, environment);
        return await FollowAsync(process, Path.GetFileName(program), json, cancellationToken);
    }

    /// <summary>Runs a task that is over at once, and shows nothing.</summary>
    /// <param name="program">The program.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="environment">Environment variables that are added to this command's own.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="CommandFailedException">The task failed.</exception>
    public static async Task<TaskLine> AskAsync(
        string program, string task, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        using var process = Start(program, [task], environment);
        return (await FollowAsync(
            process,
            Path.GetFileName(program),
            stopping => ReadAsync(process, _ => { }, _ => { }, stopping),
            cancellationToken)).Result;
    }

    /// <summary>Shows a program's lines, and returns the last one. Ends the program when it is stopped.</summary>
    internal static Task<(TaskLine Result, int ExitCode)> FollowAsync(
        Process process, string program, bool json, CancellationToken cancellationToken) => FollowAsync(
        process,
        program,
        stopping => json ? ReadAsync(process, Console.Out.WriteLine, _ => { }, stopping) : ShowAsync(process, stopping),
        cancellationToken);

    private static async Task<(TaskLine Result, int ExitCode)> FollowAsync(
        Process process, string program, Func<CancellationToken, Task<TaskLine?>> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => timeout.CancelAfter(StopTimeout));
        try
        {
            var errors = ErrorsAsync(process);
            var last = await read(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return last switch
            {
                TaskFailure failure => throw new CommandFailedException(failure.Message, failure.ExitCode),
                null or TaskProgress => throw (cancellationToken.IsCancellationRequested
                    ? Stopped(program)
                    : new CommandFailedException(
                        $"{program} ended with {process.ExitCode} and no result. Is it the program of this version, and are its "
                            + $"connection strings set? {await errors}",
                        ExitCode.Refused)),
                _ => (last, process.ExitCode),
            };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw Stopped(program);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static CommandFailedException Stopped(string program) => new(
        $"Stopped, together with {program}, before it reported its result. It changes everything or nothing. Try again.", ExitCode.Stopped);

    private static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(ServiceProgram.DotNet, [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        ServiceEnvironment.Give(start, environment);
        return Process.Start(start)!;
    }

    private static Task<TaskLine?> ShowAsync(Process process, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting");
                return ReadAsync(process, _ => { }, progress => Show(bar, progress), cancellationToken);
            });

    private static void Show(ProgressTask bar, TaskProgress progress)
    {
        var left = progress.SecondsLeft is { } seconds && progress.Done < progress.Total
            ? $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g} left"
            : "";
        bar.Description = Markup.Escape(
            $"{progress.Phase}: {progress.Done:N0} of {progress.Total:N0}, {progress.EventsPerSecond:N0} events/s{left}");
        bar.MaxValue = Math.Max(1, progress.Total);
        bar.Value = progress.Total == 0 ? 1 : progress.Done;
    }

    private static async Task<TaskLine?> ReadAsync(
        Process process, Action<string> pass, Action<TaskProgress> show, CancellationToken cancellationToken)
    {
        TaskLine? last = null;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (TaskLine.Parse(line) is not { } read)
            {
                continue;
            }

            pass(line);
            last = read;
            if (read is TaskProgress progress)
            {
                show(progress);
            }
        }

        return last;
    }

    private static async Task<string> ErrorsAsync(Process process)
    {
        var lines = new Queue<string>(ErrorLines);
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (lines.Count == ErrorLines)
            {
                lines.Dequeue();
            }

            lines.Enqueue(line);
        }

        return string.Join(Environment.NewLine, lines);
    }
}
