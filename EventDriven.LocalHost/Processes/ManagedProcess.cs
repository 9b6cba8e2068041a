using System.Diagnostics;

namespace EventDriven.LocalHost.Processes;

/// <summary>A child process whose output goes to a <see cref="ResourceLog"/>, and which can be stopped within a bounded time.</summary>
internal sealed class ManagedProcess : IDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);

    private readonly Process process = new();
    private readonly ProcessSpec spec;
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManagedProcess(ProcessSpec spec) => this.spec = spec;

    /// <summary>Completes with the exit code when the process is gone, however it went.</summary>
    public Task<int> Exited => exited.Task;

    public int Id => process.Id;

    /// <exception cref="LocalApplicationException">The program can't be started.</exception>
    public static async Task<ManagedProcess> StartAsync(ProcessSpec spec, ResourceLog log)
    {
        var managed = new ManagedProcess(spec);
        try
        {
            await managed.StartAsync(log);
            return managed;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            managed.Dispose();
            throw new LocalApplicationException($"{spec.Program} can't be started: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="LocalApplicationException">It failed or took too long; the message has its last lines.</exception>
    public static async Task RunAsync(ProcessSpec spec, ResourceLog log, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var running = await StartAsync(spec, log);
        try
        {
            var exitCode = await running.Exited.WaitAsync(timeout, cancellationToken);
            if (exitCode != 0)
            {
                throw new LocalApplicationException($"{spec.Program} ended with exit code {exitCode}:{Environment.NewLine}{log.Tail()}");
            }
        }
        catch (TimeoutException exception)
        {
            throw new LocalApplicationException($"{spec.Program} took longer than {timeout}:{Environment.NewLine}{log.Tail()}", exception);
        }
        finally
        {
            await running.KillAsync();
        }
    }

    /// <summary>Asks the process to stop, and ends it when it takes too long.</summary>
    public async Task StopAsync()
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        Native.Signal(Id, spec.StopSignal);
        try
        {
            await Exited.WaitAsync(spec.StopTimeout);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>Ends the process at once (SIGKILL), with the helpers that it started in its group, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!Exited.IsCompleted)
        {
            // A negative id is the group, which is the process's own where setsid started it.
            if (!Native.Signal(-Id, ProcessSignal.Kill))
            {
                Native.Signal(Id, ProcessSignal.Kill);
            }

            await Exited;
        }
    }

    public void Dispose() => process.Dispose();

    private async Task StartAsync(ResourceLog log)
    {
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.StartInfo.WorkingDirectory = spec.WorkingDirectory ?? "";
        foreach (var (variable, value) in spec.Environment)
        {
            process.StartInfo.Environment[variable] = value;
        }

        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => WriteLine(log, line.Data);
        process.ErrorDataReceived += (_, line) => WriteLine(log, line.Data);
        process.Exited += (_, _) => _ = CompleteAsync();

        await ChildLauncher.StartAsync(process, spec);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Lets the last lines arrive first, but doesn't wait for a grandchild that holds the pipe open.</summary>
    private async Task CompleteAsync()
    {
        using var drained = new CancellationTokenSource(DrainTimeout);
        try
        {
            await process.WaitForExitAsync(drained.Token);
        }
        catch (OperationCanceledException)
        {
            // The exit code is known all the same.
        }

        exited.TrySetResult(process.ExitCode);
    }

    private static void WriteLine(ResourceLog log, string? line)
    {
        if (line is not null)
        {
            log.Write(line);
        }
    }
}
