using System.Globalization;

namespace EventDriven.LocalHost.Processes;

/// <summary>
/// Remembers which process a resource is, so that the next run on the same data can stop what a run that was killed left behind. A process
/// id alone is not enough, as the system gives it again: the file holds the time of its start and the system's boot too.
/// </summary>
internal static class PidFile
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public static void Write(string path, int processId)
    {
        if (Identity(processId) is { } identity)
        {
            File.WriteAllText(path, identity);
        }
    }

    public static void Remove(string path) => File.Delete(path);

    /// <summary>Stops the processes that earlier runs left behind in this folder of pid files, and nothing else.</summary>
    /// <returns>The names of those that were still there.</returns>
    public static async Task<IReadOnlyList<string>> StopLeftoversAsync(string folder, CancellationToken cancellationToken)
    {
        var stopped = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.pid"))
        {
            var identity = await File.ReadAllTextAsync(path, cancellationToken);
            if (int.TryParse(identity.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && Identity(processId) == identity)
            {
                stopped.Add(Path.GetFileNameWithoutExtension(path));
                await StopAsync(processId, identity, cancellationToken);
            }

            File.Delete(path);
        }

        return stopped;
    }

    private static async Task StopAsync(int processId, string identity, CancellationToken cancellationToken)
    {
        // For PostgreSQL SIGTERM waits for its clients to leave; those of a dead run are gone, or are stopped here as well.
        Native.Signal(processId, ProcessSignal.Term);
        if (!await Poll.UntilAsync(_ => Task.FromResult(Identity(processId) != identity), StopTimeout, cancellationToken))
        {
            Native.Signal(processId, ProcessSignal.Kill);
            await Poll.UntilAsync(_ => Task.FromResult(Identity(processId) != identity), StopTimeout, cancellationToken);
        }
    }

    /// <summary>Id, start and boot of a process that lives; null for one that doesn't, or where there is no <c>/proc</c>.</summary>
    private static string? Identity(int processId)
    {
        try
        {
            // The second field is the program's name in parentheses, which may hold anything.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var (state, startTicks) = (fields[0], fields[19]);
            return state is "Z" or "X"
                ? null
                : $"{processId} {startTicks} {File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}";
        }
        catch (IOException)
        {
            return null;
        }
    }
}
