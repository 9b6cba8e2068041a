namespace EventDriven.Hosting.Processes;

/// <summary>Finds programs.</summary>
internal static class Executable
{
    /// <summary>
    /// Full path of the first of these programs on PATH, or in a system folder that a user's PATH may lack; null if none is found.
    /// </summary>
    public static string? Find(params ReadOnlySpan<string> names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            foreach (var folder in (IEnumerable<string>)[.. folders, "/usr/bin", "/usr/sbin", "/usr/local/bin"])
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }
}
