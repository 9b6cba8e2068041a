using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>PostgreSQL's data folder, which belongs to the user that the server runs as.</summary>
internal sealed class PostgresFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly SystemUser? user;

    private PostgresFolder(string path, SystemUser? user)
    {
        Path = path;
        this.user = user;
    }

    public string Path { get; }

    public bool IsInitialised => File.Exists(System.IO.Path.Combine(Path, "PG_VERSION"));

    public static PostgresFolder Prepare(DataDirectory data, SystemUser? user, ResourceLog log)
    {
        var path = Place(data, user, log);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, OwnerOnly);
        Own(path, user);
        return new PostgresFolder(path, user);
    }

    /// <summary>Writes the superuser's password for initdb, which takes it from a file only; the caller deletes it.</summary>
    public string WritePassword(string password)
    {
        var file = Path + ".password";
        PrivateFile.Write(file, password);
        Own(file, user);
        return file;
    }

    /// <summary>Below the data directory; but where root's own folders hide that from the server's user, in the system's place for such data.</summary>
    private static string Place(DataDirectory data, SystemUser? user, ResourceLog log)
    {
        var path = System.IO.Path.Combine(data.Path, "postgres");
        if (user is null || SystemUser.OthersReach(path))
        {
            return path;
        }

        // The pointer stands in the data directory, so that deleting that directory begins anew.
        var pointer = path + ".location";
        if (!File.Exists(pointer))
        {
            File.WriteAllText(pointer, $"/var/lib/eventdriven/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}/postgres");
        }

        var elsewhere = File.ReadAllText(pointer).Trim();
        log.Write($"User '{user.Name}' can't reach {path}; the data stands in {elsewhere}.");
        return elsewhere;
    }

    private static void Own(string path, SystemUser? user)
    {
        if (user is not null)
        {
            Native.ChangeOwner(path, user.Uid, user.Gid);
        }
    }
}
