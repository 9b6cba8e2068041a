namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>Items of one or several lanes that are handled together.</summary>
/// <param name="started">Timestamp.</param>
internal sealed class LaneBatch<TItem>(long started)
    where TItem : ILaneItem
{
    private readonly List<TItem> _items = [];
    private readonly List<(Lane<TItem> Lane, int Count)> _parts = [];

    public long Started => started;

    public IReadOnlyList<TItem> Items => _items;

    /// <summary>How many of the items came from which lane.</summary>
    public IReadOnlyList<(Lane<TItem> Lane, int Count)> Parts => _parts;

    /// <summary>Whether a lane may join: the first always may, another one while its events and the lanes are few enough.</summary>
    public bool HasRoomFor(Lane<TItem> lane, int lanes, BatchSize size) => _items.Count == 0
        || (_items.Count < size.Shared && _parts.Count < lanes && !_items[0].Alone && lane.TryPeek(out var first) && !first.Alone);

    public void Add(Lane<TItem> lane, int atMost)
    {
        var count = lane.CopyTo(_items, atMost - _items.Count);
        _parts.Add((lane, count));
    }
}
