using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EventDriven.Chaos;

/// <summary>The list of all runs: a line for each, also for one that failed or was stopped.</summary>
internal static class RunsFile
{
    private const string Titles = "date\tcommit\tseed\tseconds\tfaults\toperations\torders\trecovery\tanomalies\tidle\texit\n";

    /// <summary>Adds the line of a run.</summary>
    public static async Task AppendAsync(string file, DateTimeOffset began, ChaosOptions options, RunOutcome outcome)
    {
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, Titles);
        }

        await File.AppendAllTextAsync(file, Line(began, Commit(Path.GetDirectoryName(file)!), options, outcome));
    }

    /// <summary>The line of a run; <c>-</c> stands for what it did not come to.</summary>
    public static string Line(DateTimeOffset began, string commit, ChaosOptions options, RunOutcome outcome)
    {
        var history = outcome.History;
        var recovery = history is null ? null : outcome.Recovery is { } seconds ? Text(seconds) : "never";
        return string.Join(
            '\t',
            began.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), commit, Text(options.Seed),
            Text(options.Length.TotalSeconds), Text(history?.Faults.Count ?? 0), Text(history?.Operations.Count ?? 0),
            Text(history is null ? 0 : RunOutcome.Orders(history)), recovery ?? "-",
            outcome.Anomalies is { } anomalies ? Text(anomalies) : "-",
            outcome.Idle.Count > 0 ? string.Join(',', outcome.Idle) : "-", Text(outcome.Verdict.ExitCode)) + "\n";
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    // Whoever has no git has no commit to name.
    private static string Commit(string folder)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? commit : "-";
        }
        catch (Win32Exception)
        {
            return "-";
        }
    }
}
