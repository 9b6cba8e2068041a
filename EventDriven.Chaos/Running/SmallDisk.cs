using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EventDriven.Chaos.Running;

/// <summary>A disk in memory (tmpfs) of its own for a server's data, which can be filled up. Only root can mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    // Much more than a server needs in a run: it is full when the rig says so.
    private const int Megabytes = 2048;

    private const string Ballast = "ballast";
    private const int Page = 4096;
    private const int MostTries = 100;

    private int _ballasts;

    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Mounts one. What a killed run has left mounted there goes first.</summary>
    /// <param name="folder">An empty folder, which is made if it is missing.</param>
    /// <param name="megabytes">Its size.</param>
    /// <exception cref="InvalidOperationException">It can't be mounted.</exception>
    public static SmallDisk Mount(string folder, int megabytes = Megabytes)
    {
        Unmount(folder);
        Directory.CreateDirectory(folder);
        var options = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0755");
        Run("mount", "-t", "tmpfs", "-o", options, "eventdriven-chaos", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Unmounts whatever is mounted there, and removes the folder.</summary>
    public static void Unmount(string folder)
    {
        // One may be mounted over another. The list has spaces by their octal code.
        var listed = folder.Replace(" ", @"\040", StringComparison.Ordinal);
        while (File.ReadLines("/proc/self/mounts").Any(mount => mount.Split(' ') is [_, var place, "tmpfs", ..] && place == listed))
        {
            Run("umount", "--lazy", folder);
        }

        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>
    /// Takes all the space that is left now. A server may free some, or take some meanwhile: it is to be called again and again.
    /// </summary>
    public void Fill()
    {
        var bytes = new DriveInfo(Folder).AvailableFreeSpace;
        for (var tries = 0; tries < MostTries && bytes >= Page; tries++)
        {
            bytes = TryTake(bytes) ? bytes : bytes / 2;
            bytes = Math.Min(bytes, new DriveInfo(Folder).AvailableFreeSpace);
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Clear()
    {
        foreach (var ballast in Directory.EnumerateFiles(Folder, $"{Ballast}-*"))
        {
            File.Delete(ballast);
        }
    }

    /// <summary>Unmounts it, whoever still has files there.</summary>
    public void Dispose() => Unmount(Folder);

    // False if there was less: the file is not made then.
    private bool TryTake(long bytes)
    {
        try
        {
            File.OpenHandle(
                Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{Ballast}-{_ballasts++}")), FileMode.CreateNew,
                FileAccess.Write, FileShare.None, FileOptions.None, preallocationSize: bytes).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
            }
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{program} can't be run: {exception.Message}", exception);
        }
    }
}
