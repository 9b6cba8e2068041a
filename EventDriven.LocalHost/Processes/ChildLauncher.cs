using System.Collections.Concurrent;
using System.Diagnostics;

namespace EventDriven.LocalHost.Processes;

/// <summary>
/// Starts child processes in a session of their own, so that Ctrl-C in the terminal doesn't reach them before our ordered stop does, and such
/// that the kernel signals them when this process dies, even by SIGKILL.
/// </summary>
internal static class ChildLauncher
{
    // The kernel watches the thread that started the child, not the process: a thread pool's thread would take its children along when
    // it retires. This one lives as long as the process.
    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly string? SetSid = Executable.Find("setsid");
    private static readonly string? SetPriv = Executable.Find("setpriv");

    static ChildLauncher() => new Thread(Run) { IsBackground = true, Name = "child launcher" }.Start();

    /// <summary>Starts the process, whose start info this completes.</summary>
    public static Task StartAsync(Process process, ProcessSpec spec)
    {
        List<string> command = [.. InOwnSession(), .. DyingWithParent(spec), spec.Program, .. spec.Arguments];
        process.StartInfo.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                process.Start();
                started.SetResult();
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static List<string> InOwnSession() => SetSid is null ? [] : [SetSid];

    private static List<string> DyingWithParent(ProcessSpec spec)
    {
        if (SetPriv is null)
        {
            return spec.User is null
                ? []
                : throw new LocalApplicationException($"{spec.Program} must not run as root, and setpriv (package util-linux) is missing.");
        }

        List<string> command = [SetPriv, "--pdeathsig", spec.ParentDeathSignal.ToString().ToUpperInvariant()];
        if (spec.User is { } user)
        {
            command.AddRange([$"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"]);
        }

        command.Add("--");
        return command;
    }

    private static void Run()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
