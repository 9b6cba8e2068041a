using System.Data.Common;
using System.Security.Cryptography;
using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Privacy;

/// <summary>
/// Wraps anew, after the start, what an older master key has wrapped, so that the older one can leave the configuration. Two instances may
/// do so at once: each row is changed from what was read.
/// </summary>
internal sealed partial class MasterKeyRotation(
    IServiceScopeFactory scopes, MasterKeys masters, TimeProvider time, ILogger<MasterKeyRotation> logger) : BackgroundService
{
    private const int Portion = 200;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (masters.Older.Count == 0)
        {
            return;
        }

        var (rewrapped, last) = (0, 0);
        do
        {
            try
            {
                last = await RewrapAsync(stoppingToken);
                rewrapped += last;
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException
                or CryptographicException)
            {
                Log.Failed(logger, exception);
                last = 1;
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
        while (last > 0);
        Log.Done(logger, rewrapped, masters.Newest);
    }

    private async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CheckoutDbContext>();
        var older = masters.Older;
        var keys = await database.CustomerKeys.AsNoTracking().Where(k => older.Contains(k.MasterKey!))
            .OrderBy(k => k.CustomerId).Take(Portion)
            .ToListAsync(cancellationToken);
        foreach (var key in keys)
        {
            var (wrapped, newest) = (masters.Rewrap(key), masters.Newest);
            await database.CustomerKeys.Where(k => k.CustomerId == key.CustomerId && k.Wrapped == key.Wrapped).ExecuteUpdateAsync(
                changed => changed.SetProperty(k => k.Wrapped, wrapped).SetProperty(k => k.MasterKey, newest), cancellationToken);
        }

        return keys.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(2231, LogLevel.Information, "{Keys} keys of customers wrapped anew by the master key {MasterKey}. "
            + "Older ones can leave PersonalData:MasterKeys.")]
        public static partial void Done(ILogger logger, int keys, string masterKey);

        [LoggerMessage(2232, LogLevel.Warning, "Keys of customers could not be wrapped anew. It is tried again in a minute; "
            + "keep the older master keys until then.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
