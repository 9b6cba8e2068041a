namespace EventDriven.Messaging.Consuming.Work;

/// <summary>
/// Which offset of one partition may be stored: the one after the last event before which everything is done. Events finish in any
/// order; a crash then repeats some of them, and loses none. Not thread-safe.
/// </summary>
internal sealed class OffsetTracker
{
    // Offsets in the order of the log; they may have gaps, where the broker keeps transaction markers or has compacted.
    private readonly Queue<long> _started = new();
    private readonly HashSet<long> _done = [];

    /// <summary>Events that are started and not yet covered by <see cref="Position"/>.</summary>
    public int Window => _started.Count;

    /// <summary>The first event that is not done; null when there is none.</summary>
    public long? Oldest => _started.TryPeek(out var oldest) ? oldest : null;

    /// <summary>Offset of the next event to read after a restart; null as long as nothing is done.</summary>
    public long? Position { get; private set; }

    /// <summary>An event was read; offsets must grow.</summary>
    public void Start(long offset) => _started.Enqueue(offset);

    /// <summary>An event is done, perhaps not for the first time; true when <see cref="Position"/> moved.</summary>
    public bool Finish(long offset)
    {
        if (offset < Position)
        {
            return false;
        }

        _done.Add(offset);
        var moved = false;
        while (_started.TryPeek(out var oldest) && _done.Remove(oldest))
        {
            _started.Dequeue();
            Position = oldest + 1;
            moved = true;
        }

        return moved;
    }
}
