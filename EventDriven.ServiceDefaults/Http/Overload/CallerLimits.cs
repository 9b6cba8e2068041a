using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Requests a second, by client address before a token is checked and by caller afterwards. Partitions that are idle for some seconds are
/// dropped by the framework, so their number follows that of the active callers.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="isClient">Whether a caller acts for everybody, and not for one customer.</param>
internal sealed class CallerLimits(IOptions<OverloadOptions> options, Func<ClaimsPrincipal, bool> isClient) : IDisposable
{
    // Claims with the program that a token was issued to: RFC 9068, OpenID Connect Core, Entra ID.
    private static readonly string[] ClientClaims = ["client_id", "azp", "appid"];

    private readonly OverloadOptions _options = options.Value;

    private PartitionedRateLimiter<HttpContext>? _byAddress;
    private PartitionedRateLimiter<HttpContext>? _byCaller;

    /// <summary>By client address.</summary>
    public PartitionedRateLimiter<HttpContext> ByAddress => _byAddress ??= PartitionedRateLimiter.Create<HttpContext, ClientAddress>(
        http => Bucket(
            ClientAddress.Of(http.Connection.RemoteIpAddress, IsReserved(http)), _options.AddressPerSecond, _options.AddressBurst));

    /// <summary>By the token's customer or client. Callers without a token have the limit of their address only.</summary>
    public PartitionedRateLimiter<HttpContext> ByCaller => _byCaller ??= PartitionedRateLimiter.Create<HttpContext, string>(http =>
        IsReserved(http) || http.User.Identity is not { IsAuthenticated: true } ? RateLimitPartition.GetNoLimiter("")
            : Customer(http.User) is { } customer ? Bucket(customer, _options.CustomerPerSecond, _options.CustomerBurst)
            : Bucket(Client(http.User), _options.ClientPerSecond, _options.ClientBurst));

    /// <summary>Whom a token is for; null if it acts for everybody, and without a token.</summary>
    public string? Customer(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } identity && !isClient(user) ? $"customer {identity.Name}" : null;

    /// <summary>The client that a token was issued to, if it acts for everybody; otherwise null.</summary>
    public string? ClientOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } && isClient(user) ? Client(user) : null;

    public void Dispose()
    {
        _byAddress?.Dispose();
        _byCaller?.Dispose();
    }

    private static string Client(ClaimsPrincipal user) =>
        $"client {Array.ConvertAll(ClientClaims, user.FindFirst).FirstOrDefault(c => c is not null)?.Value ?? user.Identity?.Name}";

    private static bool IsReserved(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ReservedConcurrency>() is not null;

    private static RateLimitPartition<TKey> Bucket<TKey>(TKey key, int perSecond, int burst)
    {
        if (perSecond == 0)
        {
            return RateLimitPartition.GetNoLimiter(key);
        }

        var tokens = Math.Max(1, perSecond / OverloadOptions.FillsPerSecond);
        return RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / perSecond),
        });
    }
}
