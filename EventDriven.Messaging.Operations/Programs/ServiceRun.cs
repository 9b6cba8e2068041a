using System.Diagnostics;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Programs;

/// <summary>Runs a task in a service's program, and tells its progress. The program ends with its caller.</summary>
public static class ServiceRun
{
    private const int ErrorLines = 10;

    // Ctrl+C reaches the program too, which then reports what it has changed. A command itself has little time to wait for that.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs the task.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments: the task's name and options.</param>
    /// <param name="environment">Environment variables that are added to this program's own.</param>
    /// <param name="line">Receives each line that the task writes, the result included.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>Its result, and its exit code.</returns>
    /// <exception cref="OperationFailedException">The task failed.</exception>
    public static async Task<(TaskLine Result, int ExitCode)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Action<TaskLine> line,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        using var process = Start(program, arguments, environment);
        return await FollowAsync(process, Path.GetFileName(program), line, cancellationToken);
    }

    /// <summary>Tells a program's lines, and returns the last one. Ends the program when it is stopped.</summary>
    internal static async Task<(TaskLine Result, int ExitCode)> FollowAsync(
        Process process, string program, Action<TaskLine> line, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => timeout.CancelAfter(StopTimeout));
        try
        {
            var errors = ErrorsAsync(process);
            var last = await ReadAsync(process, line, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return last switch
            {
                TaskFailure failure => throw new OperationFailedException(failure.Message, failure.ExitCode),
                null or TaskProgress => throw (cancellationToken.IsCancellationRequested
                    ? Stopped(program)
                    : new OperationFailedException(
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

    private static OperationFailedException Stopped(string program) => new(
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
        ProgramEnvironment.Give(start, environment);
        return Process.Start(start)!;
    }

    private static async Task<TaskLine?> ReadAsync(
        Process process, Action<TaskLine> tell, CancellationToken cancellationToken)
    {
        TaskLine? last = null;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (TaskLine.Parse(line) is { } read)
            {
                tell(read);
                last = read;
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
