using System.Net;
using System.Threading.RateLimiting;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>Bounds the attempts to sign in: 20 a minute from one address.</summary>
internal sealed class SignInLimit : IDisposable
{
    private const int Attempts = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(
        http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = Attempts, Window = Window }));

    /// <summary>Whether the caller may try once more.</summary>
    public bool Allows(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
