namespace Checkout.Api.Orders.Watching;

/// <summary>Waits for an order's changes. Several changes in between are merged into one wake-up.</summary>
/// <param name="order">The order.</param>
/// <param name="isKnown">Whether its history has been read, so that the first wait ends at once.</param>
/// <param name="disposed">Ends the subscription.</param>
internal sealed class OrderSubscription(WatchedOrder order, bool isKnown, Action<OrderSubscription> disposed) : IDisposable
{
    private readonly SemaphoreSlim _changed = new(isKnown ? 1 : 0, 1);

    /// <summary>The known steps, from the first on; none before the first wait has ended.</summary>
    /// <exception cref="Exception">The database failed.</exception>
    public IReadOnlyList<OrderStep> Steps => order.Steps;

    /// <summary>Waits for the first read of the order or for a change, at most for <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _changed.WaitAsync(atMost, cancellationToken);

    /// <summary>Ends the current wait or the next one. It is called under the lock that also guards the subscription's end.</summary>
    public void Wake()
    {
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }

    public void Dispose()
    {
        disposed(this);
        _changed.Dispose();
    }
}
