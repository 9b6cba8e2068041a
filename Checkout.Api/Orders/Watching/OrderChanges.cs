namespace Checkout.Api.Orders.Watching;

/// <summary>Wakes this process's waiters when an order has changed. They read the change from the database.</summary>
internal sealed class OrderChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<OrderSubscription>> _subscriptions = [];

    /// <summary>Wakes the waiters of this order. Call it after the commit.</summary>
    public void Announce(Guid orderId)
    {
        lock (_lock)
        {
            _subscriptions.GetValueOrDefault(orderId)?.ForEach(s => s.Wake());
        }
    }

    /// <summary>Subscribes to an order's changes until the subscription is disposed.</summary>
    public OrderSubscription Subscribe(Guid orderId)
    {
        var subscription = new OrderSubscription(s => Remove(orderId, s));
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(orderId, out var all))
            {
                _subscriptions[orderId] = all = [];
            }

            all.Add(subscription);
        }

        return subscription;
    }

    private void Remove(Guid orderId, OrderSubscription subscription)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(orderId, out var all) && all.Remove(subscription) && all.Count == 0)
            {
                _subscriptions.Remove(orderId);
            }
        }
    }
}
