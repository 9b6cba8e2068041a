using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>The items of one key, oldest first. Guarded by the lock of <see cref="Lanes{TItem}"/>.</summary>
internal sealed class Lane<TItem>(string key)
    where TItem : ILaneItem
{
    private Queue<TItem> _items = new();
    private List<TItem>? _first;
    private TaskCompletionSource? _woken;

    public string Key { get; } = key;

    public int Count => _items.Count + (_first?.Count ?? 0);

    /// <summary>Whether its first item waits for its next attempt.</summary>
    public bool Waits => _woken is not null;

    public void Add(TItem item) => _items.Enqueue(item);

    /// <summary>Puts an item before those that wait, as soon as <see cref="TakeFirst"/> says that none of them is being handled.</summary>
    public void AddFirst(TItem item) => (_first ??= []).Add(item);

    /// <summary>None of its items is being handled: those that go first become the first. Seldom, so they may all be moved.</summary>
    public void TakeFirst()
    {
        if (_first is not null)
        {
            _items = new Queue<TItem>(_first.Concat(_items));
            _first = null;
        }
    }

    /// <summary>Its first item waits; completes when the wait is ended early.</summary>
    public Task BeginWait() => (_woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Ends the wait of its first item early, if it waits.</summary>
    public void Wake() => _woken?.TrySetResult();

    public void EndWait() => _woken = null;

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
