using System.ComponentModel;
using System.Diagnostics;

namespace EventDriven.Chaos.Campaigns;

/// <summary>Which commit a folder has checked out.</summary>
internal static class SourceCommit
{
    /// <summary>The commit, with <c>-dirty</c> if files differ from it; <c>-</c> where there is no git.</summary>
    public static string Of(string folder)
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
