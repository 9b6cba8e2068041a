using System.Runtime.CompilerServices;
using Checkout.Api.Callers;
using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Follows an order until its final state. Changes by this process wake it at once; changes by other instances are found within a second.
/// It asks the database nothing itself while it waits (<see cref="OrderReader"/>), and holds no context.
/// </summary>
internal sealed class OrderWatch(IServiceScopeFactory scopes, OrderChanges changes, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Duration of a stream, ±20 % at random; the client reconnects with <c>Last-Event-ID</c>.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const double LifetimeJitter = 0.2;

    /// <summary>A proxy would cut a stream that is silent for longer (WHATWG HTML: "every 15 seconds or so").</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>The last change of state; null if the caller has no such order.</summary>
    public async Task<OrderStep?> LastStepAsync(Guid orderId, Caller caller, CancellationToken cancellationToken)
    {
        // Not the request's own context, which would live as long as the stream.
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CheckoutDbContext>();
        var steps = database.History.Where(s => s.OrderId == orderId);
        return await (caller is { IsBackOffice: false, Customer: var own }
                ? steps.Where(s => database.Orders.Any(o => o.Id == orderId && o.CustomerId == own))
                : steps)
            .AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Returns when the order has reached its final state, after <paramref name="atMost"/> at the latest, or when the service stops.
    /// </summary>
    public async Task UntilEndAsync(Guid orderId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var begun = time.GetTimestamp();
        using var subscription = changes.Subscribe(orderId);
        while (subscription.Steps is not [.., var last] || !last.State.IsEnd())
        {
            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero || bounded.IsCancellationRequested)
            {
                return;
            }

            await WaitAsync(subscription, left, bounded.Token);
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
        var (begun, lifetime) = (time.GetTimestamp(), NewLifetime());
        using var subscription = changes.Subscribe(orderId);
        while (!bounded.IsCancellationRequested && time.GetElapsedTime(begun) < lifetime)
        {
            await WaitAsync(subscription, LongestSilence, bounded.Token);
            var isSilent = true;
            foreach (var step in subscription.Steps.Where(step => step.Number > after))
            {
                (after, isSilent) = (step.Number, false);
                yield return step;
            }

            if (subscription.Steps is [.., var last] && last.State.IsEnd() && last.Number <= after)
            {
                yield break;
            }

            if (isSilent)
            {
                yield return null;
            }
        }
    }

    /// <summary>How long a stream lasts: at random, so that streams that began together don't come back together.</summary>
    internal static TimeSpan NewLifetime() => Lifetime * (1 - LifetimeJitter + (2 * LifetimeJitter * Random.Shared.NextDouble()));

    // The waiter checks the token next, and still has to answer before it ends.
    private static async Task WaitAsync(OrderSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken) =>
        await subscription.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
