using System.Globalization;
using EventDriven.Hosting.Processes;

namespace EventDriven.Hosting.Postgres;

/// <summary>Finds the newest PostgreSQL on this machine. Debian does not put the server's programs on PATH.</summary>
internal static class PostgresBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <exception cref="HostingException">PostgreSQL isn't installed.</exception>
    public static string Path(string program) =>
        Newest(program) ?? Executable.Find(program)
            ?? throw new HostingException(
                $"PostgreSQL's '{program}' was not found: install the package 'postgresql', or let ./run.sh --servers processes do it.");

    private static string? Newest(string program) =>
        !Directory.Exists(DebianFolder)
            ? null
            : Directory.EnumerateDirectories(DebianFolder)
                .OrderByDescending(folder => double.TryParse(
                    System.IO.Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => System.IO.Path.Combine(folder, "bin", program))
                .FirstOrDefault(File.Exists);
}
