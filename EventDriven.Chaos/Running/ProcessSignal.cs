using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EventDriven.Chaos.Running;

/// <summary>Sends signals to processes of the application, and looks at them (Linux).</summary>
internal static partial class ProcessSignal
{
    private const int Quit = 3;
    private const int KillNow = 9;
    private const int AskToEnd = 15;
    private const int ContinueNow = 18;
    private const int StopNow = 19;

    /// <summary>SIGKILL: it ends without having a say in it.</summary>
    public static bool Kill(int pid) => Send(pid, KillNow) == 0;

    /// <summary>SIGQUIT: PostgreSQL's immediate shutdown.</summary>
    public static bool QuitAtOnce(int pid) => Send(pid, Quit) == 0;

    /// <summary>SIGTERM: it ends in an orderly way.</summary>
    public static bool Terminate(int pid) => Send(pid, AskToEnd) == 0;

    /// <summary>Has a process that the rig has started end in an orderly way, or kills it when that takes longer than the bound.</summary>
    /// <returns>Whether it was killed.</returns>
    public static async Task<bool> EndAsync(Process process, TimeSpan bound)
    {
        if (process.HasExited)
        {
            return false;
        }

        Terminate(process.Id);
        using var ending = new CancellationTokenSource(bound);
        try
        {
            await process.WaitForExitAsync(ending.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return true;
        }
    }

    /// <summary>SIGSTOP: it stands still, and its connections stay open.</summary>
    public static bool Pause(int pid) => Send(pid, StopNow) == 0;

    /// <summary>SIGCONT: it goes on as if nothing had happened.</summary>
    public static bool Resume(int pid) => Send(pid, ContinueNow) == 0;

    /// <summary>Whether it exists.</summary>
    public static bool Exists(int pid) => State(pid) is not (null or 'Z' or 'X');

    /// <summary>Whether it stands still.</summary>
    public static bool IsPaused(int pid) => State(pid) == 'T';

    /// <summary>Its children.</summary>
    public static IReadOnlyList<int> Children(int pid)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static char? State(int pid)
    {
        try
        {
            // The name in parentheses may itself have parentheses and spaces.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
