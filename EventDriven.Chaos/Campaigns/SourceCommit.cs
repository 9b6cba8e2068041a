using System.ComponentModel;
using System.Diagnostics;

namespace EventDriven.Chaos.Campaigns;

/// <summary>Which commit a folder has checked out.</summary>
internal static class SourceCommit
{
    /// <summary>The commit, with <c>-dirty</c> if files differ from it; <c>-</c> where there is no git.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="results">A file of results, whose new lines are no difference; null for none.</param>
    public static string Of(string folder, string? results = null)
    {
        try
        {
            string[] except = results is null ? [] : [$":(exclude){Path.GetFullPath(results)}"];
            return Ask(folder, "rev-parse", "--short", "HEAD") is { } commit
                && Ask(folder, ["status", "--porcelain", "--untracked-files=no", "--", ":/", .. except]) is { } differences
                ? differences.Length == 0 ? commit : $"{commit}-dirty"
                : "-";
        }
        catch (Win32Exception)
        {
            return "-";
        }
    }

    /// <summary>What git says; null when it refuses.</summary>
    private static string? Ask(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        var said = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? said : null;
    }
}
