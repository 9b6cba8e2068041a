namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// The ids of a partition's last records, to notice a second copy: a relay that died between acknowledgement and deletion sends its rows again, all
/// at once and soon. Bounded, because a log is not.
/// </summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>False when the id is among the last ones.</summary>
    public bool Add(Guid id)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _ids.Remove(_order.Dequeue());
        }

        return true;
    }
}
