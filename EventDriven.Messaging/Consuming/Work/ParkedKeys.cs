namespace EventDriven.Messaging.Consuming.Work;

/// <summary>
/// The keys of one assigned partition that are parked: loaded on assignment and kept by the partition's owner, so that an event of any
/// other key costs no look into the database.
/// </summary>
internal sealed class ParkedKeys
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inspected = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Whether there are any; read without a lock, because every event asks.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Whether there may be records without a key, which park nothing.</summary>
    public bool HasKeyless { get; set; }

    public bool Contains(string? key) => Blocks(key, long.MaxValue);

    /// <summary>
    /// Whether an event has to wait for a dead letter of its key. One that stands before the oldest of them does not: it was handled before
    /// that, and comes again because the group's offset was not stored. The inbox knows it.
    /// </summary>
    public bool Blocks(string? key, long offset)
    {
        if (!Any || key is null)
        {
            return false;
        }

        lock (_lock)
        {
            return _keys.TryGetValue(key, out var oldest) && offset >= oldest;
        }
    }

    /// <summary>A record of the key waits.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">The record's offset, or that of the oldest record of the key.</param>
    public void Add(string key, long offset)
    {
        lock (_lock)
        {
            _keys[key] = _keys.TryGetValue(key, out var oldest) ? Math.Min(oldest, offset) : offset;
            Volatile.Write(ref _count, _keys.Count);
        }
    }

    /// <summary>Only the key's own lane may: whatever of the key was stored as a dead letter must be resolved.</summary>
    public void Remove(string key)
    {
        lock (_lock)
        {
            _keys.Remove(key);
            Volatile.Write(ref _count, _keys.Count);
        }
    }

    public IReadOnlyList<string> All()
    {
        lock (_lock)
        {
            return [.. _keys.Keys];
        }
    }

    /// <summary>Begins to inspect a key; false when that is going on already.</summary>
    public bool TryInspect(string name)
    {
        lock (_lock)
        {
            return _inspected.Add(name);
        }
    }

    /// <summary>The inspection has ended.</summary>
    public void Inspected(string name)
    {
        lock (_lock)
        {
            _inspected.Remove(name);
        }
    }
}
