namespace Checkout.Api.Orders.Watching;

/// <summary>Waits for an order's changes. Several changes in between are merged into one wake-up.</summary>
internal sealed class OrderSubscription(Action<OrderSubscription> disposed) : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>Waits for a change, at most for <paramref name="atMost"/>.</summary>
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
