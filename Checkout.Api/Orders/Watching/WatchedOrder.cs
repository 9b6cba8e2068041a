using System.Runtime.ExceptionServices;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// What is known of the history of an order that is watched. Everybody who watches it shares this, so that a reader who stalls holds
/// nothing. Changed under the lock of <see cref="OrderChanges"/>, read without.
/// </summary>
internal sealed class WatchedOrder
{
    private volatile OrderStep[] _steps = [];
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Who watches.</summary>
    public List<OrderSubscription> Subscriptions { get; } = [];

    /// <summary>Number of the last known step; 0 before the first read.</summary>
    public int Known => _steps is [.., var last] ? last.Number : 0;

    /// <summary>The known steps, from the first on.</summary>
    /// <exception cref="Exception">The database failed, and nobody reads this order any more.</exception>
    public OrderStep[] Steps
    {
        get
        {
            _failure?.Throw();
            return _steps;
        }
    }

    /// <summary>Adds the steps that are new, and wakes who watches.</summary>
    public void Add(IEnumerable<OrderStep> steps)
    {
        var known = Known;
        _steps = [.. _steps, .. steps.Where(step => step.Number > known).OrderBy(step => step.Number)];
        Wake();
    }

    /// <summary>Tells who watches that nobody reads this any more.</summary>
    public void Fail(ExceptionDispatchInfo failure)
    {
        _failure = failure;
        Wake();
    }

    private void Wake() => Subscriptions.ForEach(subscription => subscription.Wake());
}
