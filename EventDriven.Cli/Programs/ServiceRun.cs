using System.Diagnostics;
using System.Text.Json;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Programs;

/// <summary>Lets a service's program do a task, and shows how far it has come. The program ends with this command.</summary>
internal static class ServiceRun
{
    private const int ErrorLines = 10;

    // Ctrl+C reaches the program too, which then says what it has changed: within the time that this command itself is left.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs the task.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments: the task and its options.</param>
    /// <param name="environment">Environment variables that it is given besides this command's own.</param>
    /// <param name="json">Whether its lines are passed through instead of being shown.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>What came of it, and the exit code.</returns>
    /// <exception cref="CommandFailedException">It came to nothing.</exception>
    public static async Task<(TaskLine Result, int ExitCode)> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, bool json, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, environment);
        return await FollowAsync(process, Path.GetFileName(program), json, cancellationToken);
    }

    /// <summary>Shows what a program says, and returns its last line. The program ends with this.</summary>
    internal static async Task<(TaskLine Result, int ExitCode)> FollowAsync(Process process, string program, bool json, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => bound.CancelAfter(StopBound));
        try
        {
            var errors = ErrorsAsync(process);
            var last = json ? await ReadAsync(process, Console.Out.WriteLine, _ => { }, bound.Token) : await ShowAsync(process, bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return last switch
            {
                TaskFailure failure => throw new CommandFailedException(failure.Message, failure.ExitCode),
                null or TaskProgress => throw (cancellationToken.IsCancellationRequested
                    ? Stopped(program)
                    : new CommandFailedException($"{program} ended with {process.ExitCode} and no result. Is it the program of this version, and are its connection strings set? {await errors}".TrimEnd(), ExitCode.Refused)),
                _ => (last, process.ExitCode),
            };
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
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
        $"Stopped, and {program} with it, before it could say what it had done. It does everything or nothing: try again.", ExitCode.Stopped);

    private static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

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
        var left = progress.SecondsLeft is { } seconds && progress.Done < progress.Total ? $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g} left" : "";
        bar.Description = Markup.Escape($"{progress.Phase}: {progress.Done:N0} of {progress.Total:N0}, {progress.EventsPerSecond:N0} events/s{left}");
        bar.MaxValue = Math.Max(1, progress.Total);
        bar.Value = progress.Total == 0 ? 1 : progress.Done;
    }

    private static async Task<TaskLine?> ReadAsync(Process process, Action<string> pass, Action<TaskProgress> show, CancellationToken cancellationToken)
    {
        TaskLine? last = null;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is not { } read)
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

    // Null for what is no line of a task.
    private static TaskLine? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize(line, TaskJson.Default.TaskLine) : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
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
