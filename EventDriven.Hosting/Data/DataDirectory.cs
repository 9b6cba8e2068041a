using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventDriven.Hosting.Data;

/// <summary>The folder with all data of one application, passwords included. A lock ensures that two runs never share it.</summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Other users may traverse the folder, but not list it: PostgreSQL does not run as root and has its own folder in here.
    /// </summary>
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const int PasswordLength = 32;
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyz23456789";

    // People copy secrets from the file, so base64 stands in it as it is.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _runLock;
    private readonly bool _isTemporary;
    private readonly List<string> _outside = [];
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private DataDirectory(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
        if (isTemporary || !Directory.Exists(path))
        {
            // An existing folder keeps its mode: others may use it too.
            Make(path, Environment.IsPrivilegedProcess ? Passable : OwnerOnly);
        }

        _runLock = PrivateFile.Lock(In("lock"));
        PrivateFile.Write(In("pid"), $"{Environment.ProcessId}");

        // Left by a run that was killed; its addresses may belong to other programs now.
        File.Delete(StatePath);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>File in which <see cref="StateFile"/> states the application's addresses while it runs.</summary>
    public string StatePath => In("state.json");

    private string SecretsPath => In("secrets.json");

    /// <summary>Opens a folder that is kept.</summary>
    /// <exception cref="HostingException">Another run uses the folder, or it can't be written.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new DataDirectory(full, isTemporary: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                OwnerOf(full) is { } pid
                    ? $"The application already runs on {full}, as process {pid}. Stop it (kill {pid}, or Ctrl-C in its terminal), or "
                        + "start this one on other data (--data DIR)."
                    : $"The data directory {full} can't be used: {exception.Message}",
                exception);
        }
    }

    /// <summary>Creates a folder that is removed at the end.</summary>
    public static DataDirectory Temporary() => new(Directory.CreateTempSubdirectory("eventdriven-").FullName, isTemporary: true);

    /// <summary>A subfolder for this user only, created if it is missing.</summary>
    public string Folder(string name)
    {
        var folder = In(name);
        Make(folder, OwnerOnly);
        return folder;
    }

    /// <summary>Registers a folder outside of this one, to be removed with it.</summary>
    internal void Includes(string folder) => _outside.Add(folder);

    /// <summary>File with a resource's output; each run starts a new one.</summary>
    public string LogFile(string resource) => System.IO.Path.Combine(Folder("logs"), $"{resource}.log");

    /// <summary>
    /// A server's password. It is created by the first call and kept for the next run on the same data, in a file that only its owner can
    /// read.
    /// </summary>
    public string Password(string server) => Secret(server, () => RandomNumberGenerator.GetString(Alphabet, PasswordLength));

    /// <summary>Any secret, kept as a server's password is.</summary>
    /// <param name="name">Its name, which no server has.</param>
    /// <param name="create">Makes it, for the first call.</param>
    public string Secret(string name, Func<string> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        lock (_gate)
        {
            var kept = File.Exists(SecretsPath)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(SecretsPath)) ?? [] : [];
            if (!kept.TryGetValue(name, out var secret))
            {
                secret = create();
                kept[name] = secret;
                PrivateFile.Write(SecretsPath, JsonSerializer.Serialize(kept, Readable));
            }

            return secret;
        }
    }

    /// <summary>Name of a server's container volume. It depends on the folder, because the password of its data is kept here.</summary>
    public string VolumeName(string server) => $"eventdriven-{Password("volumes")[..8]}-{server}";

    /// <summary>
    /// Removes the file that <see cref="StateFile"/> wrote. A test's builder stops its application twice, the second time without the
    /// folder.
    /// </summary>
    internal void RemoveState()
    {
        if (!_isDisposed)
        {
            File.Delete(StatePath);
        }
    }

    /// <summary>Unlocks the folder, and removes it if it is temporary. Nothing may use it any more.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        File.Delete(In("pid"));
        _runLock.Dispose();
        if (_isTemporary)
        {
            Remove(Path);
            _outside.ForEach(Remove);
        }
    }

    /// <summary>
    /// Creates the folder, or sets the mode of an existing one. Windows has no modes; there, a folder is as private as its parent.
    /// </summary>
    private static void Make(string folder, UnixFileMode mode)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    private static int? OwnerOf(string path)
    {
        var file = System.IO.Path.Combine(path, "pid");
        try
        {
            using var process = Process.GetProcessById(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
            return process.Id;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still write its last line. A remainder in the temporary folder is harmless.
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
