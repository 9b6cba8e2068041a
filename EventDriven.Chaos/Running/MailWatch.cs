using System.Collections.Concurrent;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Running;

/// <summary>
/// Notes each mail that is written to the folder of mails. A mail that is sent again replaces its file, and what is left in the folder does
/// not tell.
/// </summary>
internal sealed class MailWatch : IDisposable
{
    private const string Extension = ".eml";

    private readonly ConcurrentQueue<MailHandOver> _seen = [];
    private readonly FileSystemWatcher _watcher;
    private readonly TimeProvider _time;
    private volatile bool _hasMissed;

    /// <summary>Begins to watch.</summary>
    public MailWatch(string folder, TimeProvider time)
    {
        _time = time;
        _watcher = new FileSystemWatcher(Directory.CreateDirectory(folder).FullName) { NotifyFilter = NotifyFilters.FileName };

        // Written under another name, then moved: the move is what hands it over.
        _watcher.Renamed += (_, moved) => Note(moved.Name);
        _watcher.Created += (_, created) => Note(created.Name);
        _watcher.Error += (_, _) => _hasMissed = true;
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Whether there were more at once than the operating system keeps for who watches.</summary>
    public bool HasMissed => _hasMissed;

    /// <summary>What was seen so far, in its order.</summary>
    public IReadOnlyList<MailHandOver> Seen => [.. _seen];

    public void Dispose() => _watcher.Dispose();

    private void Note(string? file)
    {
        if (file?.EndsWith(Extension, StringComparison.Ordinal) == true)
        {
            _seen.Enqueue(new MailHandOver(file[..^Extension.Length], _time.GetUtcNow()));
        }
    }
}
