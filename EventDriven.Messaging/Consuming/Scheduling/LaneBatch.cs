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

    /// <summary>How many of the items came from which lane, in the order of the items.</summary>
    public IReadOnlyList<(Lane<TItem> Lane, int Count)> Parts => _parts;

    /// <summary>Whether a lane may join: the first always may, another one as planned, and unless an item has to be alone.</summary>
    public bool HasRoomFor(Lane<TItem> lane, int maxLanes, BatchPlan plan) => _items.Count == 0
        || (plan.MayJoin(_items.Count, _parts.Count, maxLanes) && !_items[0].IsAlone && lane.TryPeek(out var first) && !first.IsAlone);

    public void Add(Lane<TItem> lane, int atMost)
    {
        var count = lane.CopyTo(_items, atMost - _items.Count);
        _parts.Add((lane, count));
    }
}
