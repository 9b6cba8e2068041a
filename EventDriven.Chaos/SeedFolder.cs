using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos;

/// <summary>The folder of a seed, held by one run at a time: its history, its logs and, while it lasts, the servers' data.</summary>
internal sealed class SeedFolder : IDisposable
{
    private static readonly string[] Results =
    [
        "schedule.txt", "history.jsonl", "anomalies.txt", "failure.txt", "samples.tsv", "samples.txt", "recovery.md",
        StoredVerdict.FileName,
    ];

    // Characters: names of folders have at most 255.
    private const int MostNumbers = 60;

    private readonly FileStream _held;

    private SeedFolder(string path, FileStream held) => (Path, _held) = (path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the application and its servers write to.</summary>
    public string Data => File("data");

    /// <summary>Takes the folder of a seed; null while another run has it.</summary>
    /// <param name="parent">The folder of all seeds.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="only">The faults of its schedule that are to happen; null for all.</param>
    public static SeedFolder? TryTake(string parent, int seed, IReadOnlyList<int>? only = null)
    {
        var path = System.IO.Path.Combine(parent, Name(seed, only));
        Directory.CreateDirectory(path);
        try
        {
            // The lock ends with the process, however that ends; the file stays.
            return new SeedFolder(
                path,
                new FileStream(System.IO.Path.Combine(path, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A file of the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes what an earlier run of the seed left.</summary>
    /// <exception cref="IOException">Some of it can't be deleted.</exception>
    public void Clear()
    {
        foreach (var result in Results)
        {
            System.IO.File.Delete(File(result));
        }

        Delete(File("logs"));
        SmallDisks.Release(Data);
        DeleteData();
    }

    /// <summary>Keeps the logs, and deletes the data.</summary>
    /// <exception cref="IOException">Some of it can't be deleted.</exception>
    public void KeepLogs()
    {
        if (Directory.Exists(System.IO.Path.Combine(Data, "logs")))
        {
            Delete(File("logs"));
            Directory.Move(System.IO.Path.Combine(Data, "logs"), File("logs"));
        }

        DeleteData();
    }

    public void Dispose() => _held.Dispose();

    // What a run of all faults has found stays while some of them are tried.
    private static string Name(int seed, IReadOnlyList<int>? only)
    {
        var name = seed.ToString(CultureInfo.InvariantCulture);
        if (only is null)
        {
            return name;
        }

        var numbers = string.Join('-', only);
        return numbers.Length <= MostNumbers
            ? $"{name}-only-{numbers}"
            : $"{name}-only-{numbers[..MostNumbers]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(numbers)))[..8]}";
    }

    // A server whose user can't reach the folder has its data elsewhere, and a pointer to it here.
    private void DeleteData()
    {
        if (Directory.Exists(Data))
        {
            foreach (var pointer in Directory.EnumerateFiles(Data, "*.location"))
            {
                Delete(System.IO.File.ReadAllText(pointer).Trim());
            }
        }

        Delete(Data);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
