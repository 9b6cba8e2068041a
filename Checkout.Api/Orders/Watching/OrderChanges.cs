using System.Runtime.ExceptionServices;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// The orders that somebody watches in this process. <see cref="OrderReader"/> reads their changes, all of them with one query, and this
/// passes them on.
/// </summary>
internal sealed class OrderChanges : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, WatchedOrder> _orders = [];
    private readonly HashSet<Guid> _due = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Has this order read at once, if somebody watches it. Call it after the commit.</summary>
    public void Announce(Guid orderId)
    {
        lock (_lock)
        {
            if (_orders.ContainsKey(orderId))
            {
                SetDue(orderId);
            }
        }
    }

    /// <summary>Subscribes to an order's changes until the subscription is disposed.</summary>
    public OrderSubscription Subscribe(Guid orderId)
    {
        lock (_lock)
        {
            if (!_orders.TryGetValue(orderId, out var order))
            {
                _orders[orderId] = order = new WatchedOrder();
            }

            var subscription = new OrderSubscription(order, order.Known > 0, s => Remove(orderId, order, s));
            order.Subscriptions.Add(subscription);
            SetDue(orderId);
            return subscription;
        }
    }

    /// <summary>Returns when an order is to be read, and after <paramref name="atMost"/> if any is watched.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _signal.WaitAsync(_orders.Count > 0 ? atMost : Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    /// <summary>The orders that are to be read, with the numbers of their last known steps.</summary>
    /// <param name="all">Whether all that are watched, or only those that are due.</param>
    public (Guid[] Ids, int[] Known) Take(bool all)
    {
        lock (_lock)
        {
            Guid[] ids = all ? [.. _orders.Keys] : [.. _due.Where(_orders.ContainsKey)];
            _due.Clear();
            return (ids, Array.ConvertAll(ids, id => _orders[id].Known));
        }
    }

    /// <summary>Passes on what was read.</summary>
    public void Add(IEnumerable<OrderStep> steps)
    {
        lock (_lock)
        {
            foreach (var order in steps.GroupBy(step => step.OrderId))
            {
                _orders.GetValueOrDefault(order.Key)?.Add(order);
            }
        }
    }

    /// <summary>Tells everybody that the changes can't be read, and forgets them: a client that comes back gets the error.</summary>
    public void Fail(Exception exception)
    {
        var failure = ExceptionDispatchInfo.Capture(exception);
        lock (_lock)
        {
            foreach (var order in _orders.Values)
            {
                order.Fail(failure);
            }

            _orders.Clear();
            _due.Clear();
        }
    }

    public void Dispose() => _signal.Dispose();

    private void SetDue(Guid orderId)
    {
        _due.Add(orderId);
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }

    private void Remove(Guid orderId, WatchedOrder order, OrderSubscription subscription)
    {
        lock (_lock)
        {
            // After a failure, another one may be watched under this id.
            if (order.Subscriptions.Remove(subscription) && order.Subscriptions.Count == 0
                && _orders.TryGetValue(orderId, out var watched) && ReferenceEquals(watched, order))
            {
                _orders.Remove(orderId);
            }
        }
    }
}
