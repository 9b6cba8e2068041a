using System.Runtime.CompilerServices;
using Checkout.Api.Callers;
using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Follows an order until its final state. Changes by this process wake it at once; changes by other instances are found by polling every
/// second. It holds no connection while it waits.
/// </summary>
internal sealed class OrderWatch(CheckoutDbContext database, OrderChanges changes, TimeProvider time, IHostApplicationLifetime host)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Longest duration of a stream; the client reconnects with <c>Last-Event-ID</c>.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The last change of state; null if the caller has no such order.</summary>
    public Task<OrderStep?> LastStepAsync(Guid orderId, Caller caller, CancellationToken cancellationToken) => LastStepAsync(
        caller is { IsBackOffice: false, Customer: var own }
            ? database.History.Where(s => s.OrderId == orderId && database.Orders.Any(o => o.Id == orderId && o.CustomerId == own))
            : database.History.Where(s => s.OrderId == orderId),
        cancellationToken);

    /// <summary>
    /// Returns when the order has reached its final state, after <paramref name="atMost"/> at the latest, or when the service stops.
    /// </summary>
    public async Task UntilEndAsync(Guid orderId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var begun = time.GetTimestamp();
        using var subscription = changes.Subscribe(orderId);
        while (await LastStepAsync(database.History.Where(s => s.OrderId == orderId), cancellationToken) is { } step && !step.State.IsEnd())
        {
            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero || bounded.IsCancellationRequested)
            {
                return;
            }

            await WaitAsync(subscription, left < LookAgain ? left : LookAgain, bounded.Token);
        }
    }

    /// <summary>
    /// Every change of state after number <paramref name="after"/>, as it happens, until the final state; null each time there was nothing
    /// new.
    /// </summary>
    public async IAsyncEnumerable<OrderStep?> FollowAsync(
        Guid orderId, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var begun = time.GetTimestamp();
        using var subscription = changes.Subscribe(orderId);
        while (!bounded.IsCancellationRequested && time.GetElapsedTime(begun) < Lifetime)
        {
            var steps = await database.History.AsNoTracking()
                .Where(s => s.OrderId == orderId && s.Number > after)
                .OrderBy(s => s.Number)
                .ToListAsync(cancellationToken);
            foreach (var step in steps)
            {
                after = step.Number;
                yield return step;
            }

            if (steps is [.., var last] && last.State.IsEnd())
            {
                yield break;
            }

            yield return null;
            await WaitAsync(subscription, LookAgain, bounded.Token);
        }
    }

    private static Task<OrderStep?> LastStepAsync(IQueryable<OrderStep> steps, CancellationToken cancellationToken) =>
        steps.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancellationToken);

    // The waiter checks the token next, and still has to answer before it ends.
    private static async Task WaitAsync(OrderSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken) =>
        await subscription.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
