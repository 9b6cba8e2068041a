namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Some of the items of a batch, each with what is to be done with it.</summary>
internal sealed class BatchPart<T>(int capacity)
{
    private readonly List<T> _values = new(capacity);
    private readonly List<int> _indexes = new(capacity);

    public int Count => _values.Count;

    /// <summary>What is to be done, in the order of the batch.</summary>
    public IReadOnlyList<T> Values => _values;

    /// <summary>For which items: their numbers in the batch.</summary>
    public IReadOnlyList<int> Indexes => _indexes;

    public void Add(int index, T value)
    {
        _indexes.Add(index);
        _values.Add(value);
    }

    /// <summary>Leaves items out.</summary>
    public void RemoveAll(Predicate<int> leavesOut)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (leavesOut(_indexes[i]))
            {
                _indexes.RemoveAt(i);
                _values.RemoveAt(i);
            }
        }
    }
}
