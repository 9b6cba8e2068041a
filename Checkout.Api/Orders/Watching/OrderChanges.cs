namespace Checkout.Api.Orders.Watching;

/// <summary>Tells who waits in this process that an order has changed. It only wakes; what changed is read from the database.</summary>
internal sealed class OrderChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<OrderSubscription>> _subscriptions = [];

    /// <summary>Wakes who waits for this order; to be called when its change is committed.</summary>
    public void Announce(Guid orderId)
    {
        lock (_lock)
        {
            _subscriptions.GetValueOrDefault(orderId)?.ForEach(s => s.Wake());
        }
    }

    /// <summary>Begins to listen for an order's changes, until it is disposed.</summary>
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
