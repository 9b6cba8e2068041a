using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Bounds the requests that are carried out at once, and those that wait for it. Endpoints with <see cref="ReservedConcurrency"/> have
/// places of their own. A request gives its place back when its answer begins, however slowly that is read, or when it turns into a long
/// wait (<see cref="LongRequests"/>).
/// </summary>
internal sealed class RequestSlots(IOptions<OverloadOptions> options, TimeProvider time) : PartitionedRateLimiter<HttpContext>
{
    private readonly ConcurrencyLimiter _requests = Limiter(options.Value.Concurrency, options.Value.Queue);
    private readonly ConcurrencyLimiter _reserved = Limiter(options.Value.ReservedConcurrency, options.Value.ReservedQueue);
    private readonly TimeSpan _timeout = options.Value.QueueTimeout;

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => Of(resource).GetStatistics();

    /// <summary>Gives the request's place to the next one, before the request ends.</summary>
    public static void Release(HttpContext http) => http.Features.Get<RequestSlot>()?.Lease.Dispose();

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        Keep(resource, Of(resource).AttemptAcquire(permitCount));

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = Of(resource).AcquireAsync(permitCount, waiting.Token);
        if (pending.IsCompletedSuccessfully)
        {
            return Keep(resource, pending.Result);
        }

        // A timer only for a request that waits: most of those that are refused find the queue full.
        await using var timer = time.CreateTimer(
            state => ((CancellationTokenSource)state!).Cancel(), waiting, _timeout, Timeout.InfiniteTimeSpan);
        try
        {
            return Keep(resource, await pending);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return NoLease.Instance;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _requests.Dispose();
            _reserved.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ConcurrencyLimiter Limiter(int permits, int queue) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private static Task GiveBackAsync(object lease)
    {
        ((RateLimitLease)lease).Dispose();
        return Task.CompletedTask;
    }

    private static RateLimitLease Keep(HttpContext http, RateLimitLease lease)
    {
        if (lease.IsAcquired)
        {
            http.Features.Set(new RequestSlot(lease));

            // The work is done by then, because answers are made in memory. At the request's end, the middleware gives the rest back.
            http.Response.OnStarting(GiveBackAsync, lease);
        }

        return lease;
    }

    private ConcurrencyLimiter Of(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ReservedConcurrency>() is null ? _requests : _reserved;
}
