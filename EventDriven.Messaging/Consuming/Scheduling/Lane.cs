using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>The items of one key, oldest first. Guarded by the lock of <see cref="Lanes{TItem}"/>.</summary>
internal sealed class Lane<TItem>(string key)
    where TItem : ILaneItem
{
    private Queue<TItem> _items = new();
    private List<TItem>? _first;
    private TaskCompletionSource? _woken;
    private bool _waitsForPlace;
    private bool _wokenDuringAttempt;

    public string Key { get; } = key;

    public int Count => _items.Count + (_first?.Count ?? 0);

    /// <summary>Whether its first item waits for its next attempt.</summary>
    public bool Waits => _woken is not null;

    public void Add(TItem item) => _items.Enqueue(item);

    /// <summary>Puts an item before those that wait, as soon as <see cref="TakeFirst"/> says that none of them is being handled.</summary>
    public void AddFirst(TItem item) => (_first ??= []).Add(item);

    /// <summary>None of its items is being handled: those that go first become the first. Seldom, so they may all be moved.</summary>
    /// <returns>Whether there were any.</returns>
    public bool TakeFirst()
    {
        if (_first is null)
        {
            return false;
        }

        _items = new Queue<TItem>(_first.Concat(_items));
        _first = null;
        return true;
    }

    /// <summary>Its first item waits; completes when the wait is ended early.</summary>
    public Task BeginWait(bool forPlace)
    {
        _waitsForPlace = forPlace;
        _woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (forPlace && _wokenDuringAttempt)
        {
            Wake();
        }

        return _woken.Task;
    }

    /// <summary>
    /// Ends the wait of its first item early, if it waits to become a dead letter. An item that is being handled may be about to
    /// wait for that, so it is tried once more.
    /// </summary>
    public void WakeForPlace()
    {
        _wokenDuringAttempt = true;
        if (_waitsForPlace)
        {
            Wake();
        }
    }

    /// <summary>Ends the wait of its first item early, if it waits.</summary>
    public void Wake() => _woken?.TrySetResult();

    public void EndWait() => (_woken, _waitsForPlace) = (null, false);

    public bool TryPeek([MaybeNullWhen(false)] out TItem first) => _items.TryPeek(out first);

    /// <summary>Removes the first item.</summary>
    public void Remove() => _items.Dequeue();

    /// <summary>Adds the first items to a batch, up to one that must be alone; says how many. They stay here until they are done.</summary>
    public int CopyTo(List<TItem> batch, int atMost)
    {
        _wokenDuringAttempt = false;
        var copied = 0;
        foreach (var item in _items)
        {
            if (copied >= atMost || (item.IsAlone && batch.Count > 0))
            {
                break;
            }

            batch.Add(item);
            copied++;
            if (item.IsAlone)
            {
                break;
            }
        }

        return copied;
    }
}
