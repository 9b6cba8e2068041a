namespace EventDriven.Messaging.Consuming.Work;

/// <summary>
/// The keys of one assigned partition that are parked: loaded on assignment and kept by the partition's owner, so that an event of any
/// other key costs no look into the database.
/// </summary>
internal sealed class ParkedKeys
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inspected = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Whether there are any; read without a lock, because every event asks.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Whether there may be records without a key, which park nothing.</summary>
    public bool HasKeyless { get; set; }

    public bool Contains(string? key)
    {
        if (!Any || key is null)
        {
            return false;
        }

        lock (_lock)
        {
            return _keys.Contains(key);
        }
    }

    public void Add(string key)
    {
        lock (_lock)
        {
            _keys.Add(key);
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
            return [.. _keys];
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
