namespace EventDriven.Hosting.Data;

/// <summary>Files that only their owner may read (0600) from their creation. Windows has no modes.</summary>
internal static class PrivateFile
{
    /// <summary>Replaces the file atomically: a concurrent reader sees the old or the new content.</summary>
    public static void Write(string path, string content)
    {
        var temporary = path + ".new";

        // An existing file would keep its mode.
        File.Delete(temporary);
        using (var writer = new StreamWriter(temporary, Options(FileMode.CreateNew)))
        {
            writer.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Opens a file exclusively.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream Lock(string path) => new(path, Options(FileMode.OpenOrCreate));

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
