namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// Remembers the ids of a partition's last records, to recognise copies: a relay that dies after an acknowledgement and before it deletes
/// the rows sends them again soon. Bounded, because a log is not.
/// </summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>Adds an id; false when it is among the last ones.</summary>
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
