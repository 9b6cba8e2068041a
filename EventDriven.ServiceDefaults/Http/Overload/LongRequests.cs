using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Bounds the requests that wait for something to happen, in all, by customer and by client. They hold a connection and some memory, but do
/// no work, so they don't count among those that are carried out at once.
/// </summary>
public sealed class LongRequests : IDisposable
{
    private static readonly TimeSpan SomeEnd = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _all;
    private readonly PartitionedRateLimiter<(string Caller, bool IsClient)>? _byCaller;
    private readonly CallerLimits? _callers;

    internal LongRequests(IOptions<OverloadOptions> options, CallerLimits? callers)
    {
        _all = new ConcurrencyLimiter(Limit(options.Value.LongRequests));
        _callers = callers;
        _byCaller = callers is null
            ? null
            : PartitionedRateLimiter.Create<(string Caller, bool IsClient), string>(caller => RateLimitPartition.GetConcurrencyLimiter(
                caller.Caller,
                _ => Limit(caller.IsClient ? options.Value.LongRequestsPerClient : options.Value.LongRequestsPerCustomer)));
    }

    /// <summary>
    /// Counts the request as one that waits, until it ends, and gives its place among those that are carried out to the next one.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <returns>Null, or the problem when there are too many: then the request is as it was.</returns>
    public IResult? Begin(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var own = _callers?.Customer(http.User) is { } customer ? _byCaller!.AttemptAcquire((customer, IsClient: false))
            : _callers?.ClientOf(http.User) is { } client ? _byCaller!.AttemptAcquire((client, IsClient: true))
            : null;
        if (own is { IsAcquired: false })
        {
            own.Dispose();
            return OverloadProblems.TooMany("This caller has too many requests that wait.", SomeEnd);
        }

        var all = _all.AttemptAcquire();
        if (!all.IsAcquired)
        {
            all.Dispose();
            own?.Dispose();
            return OverloadProblems.Overloaded(SomeEnd);
        }

        http.Response.RegisterForDispose(all);
        if (own is not null)
        {
            http.Response.RegisterForDispose(own);
        }

        RequestSlots.Release(http);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        _byCaller?.Dispose();
    }

    private static ConcurrencyLimiterOptions Limit(int permits) => new() { PermitLimit = permits };
}
