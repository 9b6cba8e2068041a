namespace EventDriven.LocalHost.Storage;

/// <summary>The folder in which one local application keeps everything, held by a lock so that two runs never share it.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Others may pass through, not look: a server that runs as another user has its own folder in here.</summary>
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream runLock;
    private readonly bool ephemeral;

    private DataDirectory(string path, bool ephemeral, FileStream runLock)
    {
        Path = path;
        this.ephemeral = ephemeral;
        this.runLock = runLock;
    }

    public string Path { get; }

    /// <exception cref="LocalApplicationException">Another run uses the folder, or it can't be written.</exception>
    public static DataDirectory Open(LocalApplicationOptions options)
    {
        var path = options.Ephemeral
            ? Directory.CreateTempSubdirectory("eventdriven-").FullName
            : System.IO.Path.GetFullPath(options.DataDirectory ?? System.IO.Path.Combine(Repository.Root, ".local"));
        try
        {
            Directory.CreateDirectory(path, Passable);
            File.SetUnixFileMode(path, Passable);
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(path, options.Ephemeral, held);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalApplicationException($"The data directory {path} can't be used (does another run use it?): {exception.Message}", exception);
        }
    }

    /// <summary>A subfolder, made when it is missing, for this user only.</summary>
    public string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(folder, OwnerOnly);
        return folder;
    }

    public string LogFile(string resource) => System.IO.Path.Combine(Folder("logs"), $"{resource}.log");

    public string PidFile(string resource) => System.IO.Path.Combine(Folder("run"), $"{resource}.pid");

    public void Dispose()
    {
        runLock.Dispose();
        if (ephemeral)
        {
            Remove();
        }
    }

    private void Remove()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still write its last line; a leftover in the temporary folder does no harm.
        }
    }
}
