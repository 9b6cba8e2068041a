using System.Threading.RateLimiting;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Bounds the answers that are read and stored at once after a wait (<c>Prefer: wait</c>). Such a request has given its place back, and
/// thousands of waits may end together: without this bound they would use up the database's connections.
/// </summary>
internal sealed class FinalAnswerSlots : IDisposable
{
    /// <summary>Answers at once.</summary>
    public const int Concurrency = 16;

    // As many as may wait for their orders' ends by default.
    private const int Queue = 2_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = Concurrency, QueueLimit = Queue });

    /// <summary>Takes a slot, which is free again when it is disposed; null if there is none in time.</summary>
    public async ValueTask<IDisposable?> TakeAsync(CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(LongestWait);
        try
        {
            var lease = await _limiter.AcquireAsync(permitCount: 1, bounded.Token);
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
