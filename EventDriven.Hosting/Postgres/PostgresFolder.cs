using System.Diagnostics;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Logging;

namespace EventDriven.Hosting.Postgres;

/// <summary>PostgreSQL's data folder, owned by the user that the server runs as.</summary>
internal sealed partial class PostgresFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan LeftoverTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeftoverInterval = TimeSpan.FromMilliseconds(50);

    private readonly SystemUser? _user;

    private PostgresFolder(string path, SystemUser? user)
    {
        Path = path;
        _user = user;
    }

    public string Path { get; }

    public bool IsInitialised => File.Exists(System.IO.Path.Combine(Path, "PG_VERSION"));

    /// <summary>Creates the folder, in the data directory if the server's user can reach it.</summary>
    public static PostgresFolder Prepare(DataDirectory data, string name, SystemUser? user, ILogger log)
    {
        var place = System.IO.Path.Combine(data.Path, name);
        if (user is not null && !SystemUser.OthersReach(place))
        {
            var elsewhere = Elsewhere(place);
            Log.Elsewhere(log, user.Name, place, elsewhere);
            data.Includes(elsewhere);

            // The first time on a machine.
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(elsewhere)!);
            place = elsewhere;
        }

        return new PostgresFolder(place, user);
    }

    /// <summary>
    /// Fills the folder with the result of a program that works on an empty folder. The result is moved here only after success, because
    /// half a database can't be distinguished from a whole one.
    /// </summary>
    public async Task InitialiseAsync(Func<string, Task> fillAsync)
    {
        var unfinished = Path + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        File.SetUnixFileMode(unfinished, OwnerOnly);
        Own(unfinished, _user);
        await fillAsync(unfinished);
        Directory.Move(unfinished, Path);
    }

    /// <summary>Writes the superuser's password for initdb, which takes it from a file only; the caller deletes it.</summary>
    public string WritePassword(string password)
    {
        var file = Path + ".password";
        PrivateFile.Write(file, password);
        Own(file, _user);
        return file;
    }

    /// <summary>
    /// Waits a bounded time for the last server on this folder to end. PostgreSQL refuses to start while a process with that id exists,
    /// even a zombie.
    /// </summary>
    public async Task UntilFreeAsync(CancellationToken cancellationToken)
    {
        var pidFile = System.IO.Path.Combine(Path, "postmaster.pid");
        var started = Stopwatch.GetTimestamp();
        while (await WriterAsync(pidFile, cancellationToken) is { } pid
            && Directory.Exists($"/proc/{pid}")
            && Stopwatch.GetElapsedTime(started) < LeftoverTimeout)
        {
            await Task.Delay(LeftoverInterval, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<string?> WriterAsync(string pidFile, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllLinesAsync(pidFile, cancellationToken)).FirstOrDefault();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// The folder for the case that root's folders hide the data directory from the server's user: the system's place for such data. A
    /// pointer to it is kept in the data directory, so that deleting that directory starts from scratch.
    /// </summary>
    private static string Elsewhere(string path)
    {
        var pointer = path + ".location";
        if (!File.Exists(pointer))
        {
            File.WriteAllText(pointer, $"/var/lib/eventdriven/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        }

        return File.ReadAllText(pointer).Trim();
    }

    private static void Own(string path, SystemUser? user)
    {
        if (user is not null)
        {
            Owner.Change(path, user);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User '{User}' can't reach {Path}. The data is in {Elsewhere}.")]
        public static partial void Elsewhere(ILogger logger, string user, string path, string elsewhere);
    }
}
