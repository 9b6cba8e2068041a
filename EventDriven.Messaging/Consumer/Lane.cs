using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Consumer;

/// <summary>The items of one key, oldest first. Guarded by the lock of <see cref="Lanes{TItem}"/>.</summary>
internal sealed class Lane<TItem>(string key)
    where TItem : ILaneItem
{
    private readonly Queue<TItem> _items = new();

    public string Key { get; } = key;

    public int Count => _items.Count;

    /// <summary>Whether its first item waits for its next attempt.</summary>
    public bool Waits { get; set; }

    public void Add(TItem item) => _items.Enqueue(item);

    public bool TryPeek([MaybeNullWhen(false)] out TItem first) => _items.TryPeek(out first);

    /// <summary>Removes the first item.</summary>
    public void Remove() => _items.Dequeue();

    /// <summary>Of the first items, removes those that are finished up to one that isn't; says how many.</summary>
    public int RemoveFinished(int atMost)
    {
        var removed = 0;
        for (; removed < atMost && _items.Peek().Again is null; removed++)
        {
            _items.Dequeue();
        }

        return removed;
    }

    /// <summary>Adds the first items to a batch, up to one that must be alone; says how many. They stay here until they are done.</summary>
    public int CopyTo(List<TItem> batch, int atMost)
    {
        var copied = 0;
        foreach (var item in _items)
        {
            if (copied >= atMost || (item.Alone && batch.Count > 0))
            {
                break;
            }

            batch.Add(item);
            copied++;
            if (item.Alone)
            {
                break;
            }
        }

        return copied;
    }
}
