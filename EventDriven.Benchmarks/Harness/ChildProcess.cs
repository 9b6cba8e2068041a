using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EventDriven.Hosting.Services;

namespace EventDriven.Benchmarks.Harness;

/// <summary>
/// A program of the build as a child, which ends with this process. Its output goes to <c>artifacts/bench/PROJECT.log</c>.
/// </summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int LinesKept = 40;
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(100);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    // The kernel watches the thread that started a child, and one of the thread pool's may retire: this one lives as long as the process.
    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly string[] EndingWithParent = File.Exists("/usr/bin/setpriv")
        ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--"] : [];

    private readonly string _project;
    private readonly StreamWriter _log;
    private readonly Queue<string> _lastLines = [];

    static ChildProcess() => new Thread(() =>
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    })
    {
        IsBackground = true,
        Name = "child processes",
    }.Start();

    private ChildProcess(string project, ProcessStartInfo start)
    {
        _project = project;
        Process = new Process { StartInfo = start };
        var folder = Directory.CreateDirectory(Path.Combine(Artifacts.Folder, "bench"));
        _log = new StreamWriter(Path.Combine(folder.FullName, $"{project}.log")) { AutoFlush = true };
        Process.OutputDataReceived += (_, line) => Keep(line.Data);
        Process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Process Process { get; }

    /// <summary>Starts a project's program.</summary>
    public static async Task<ChildProcess> StartAsync(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = BuildOutput.Program(project);
        string[] command = [.. EndingWithParent, BuildOutput.DotNet, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            // A service watches its folder for changed settings. In another one, it would be told of every write to the servers' logs.
            WorkingDirectory = Path.GetDirectoryName(program),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(project, start);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(
            () =>
            {
                try
                {
                    child.Process.Start();
                    started.SetResult();
                }
                catch (Exception exception)
                {
                    started.SetException(exception);
                }
            },
            CancellationToken.None);
        await started.Task;
        child.Process.BeginOutputReadLine();
        child.Process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Returns when the health check at an address has succeeded.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    public Task HealthyAsync(Uri url, CancellationToken cancellationToken) =>
        UntilAsync(() => IsHealthyAsync(new Uri(url, "/health"), cancellationToken), cancellationToken);

    /// <summary>Returns when the condition has come true.</summary>
    /// <exception cref="InvalidOperationException">The program has ended.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition())
        {
            if (Process.HasExited)
            {
                await Process.WaitForExitAsync(cancellationToken);
                throw Failure($"ended with exit code {Process.ExitCode}");
            }

            await Task.Delay(HealthInterval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Does something that must be done within a bound.</summary>
    /// <exception cref="InvalidOperationException">It was not; the message has the program's last lines.</exception>
    public async Task InTimeAsync(string failure, TimeSpan bound, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(bound);
        try
        {
            await action(bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure($"{failure} within {bound.TotalMinutes:N0} min");
        }
    }

    /// <summary>What went wrong, with the program's last lines.</summary>
    public InvalidOperationException Failure(string what)
    {
        lock (_lastLines)
        {
            return new InvalidOperationException($"{_project} {what}:{Environment.NewLine}{string.Join(Environment.NewLine, _lastLines)}");
        }
    }

    /// <summary>Asks the program to stop, and ends it when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            _ = Signal(Process.Id, Sigterm);
        }

        try
        {
            using var bound = new CancellationTokenSource(StopBound);
            await Process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
        lock (_lastLines)
        {
            _log.Dispose();
        }
    }

    private static async Task<bool> IsHealthyAsync(Uri health, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(health, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }

            _log.WriteLine(line);
        }
    }
}
