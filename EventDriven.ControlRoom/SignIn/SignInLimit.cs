using System.Net;
using System.Threading.RateLimiting;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>
/// Bounds guessing: after 20 failed attempts to sign in within a minute, an address has to wait for the next minute. Who succeeds is not
/// counted: a whole team may come from one address.
/// </summary>
internal sealed class SignInLimit : IDisposable
{
    private const int Failures = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(
        http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = Failures, Window = Window }));

    /// <summary>Whether the caller may try.</summary>
    public bool Allows(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http, permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts an attempt that failed.</summary>
    public void CountFailure(HttpContext http) => _limiter.AttemptAcquire(http).Dispose();

    public void Dispose() => _limiter.Dispose();
}
