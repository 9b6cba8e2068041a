using System.Threading.RateLimiting;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>Answers what a limiter refused: 429 if it knows when there is more for this caller, otherwise 503.</summary>
internal sealed partial class Refusals(TimeProvider time, ILogger<Refusals> logger)
{
    // At random between these, so that those who were refused together don't come back together.
    private const int SoonestSeconds = 1;
    private const int LatestSeconds = 3;

    private readonly OutbreakCount _overloaded = new(time);
    private readonly OutbreakCount _tooMany = new(time);

    public async ValueTask AnswerAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            if (_tooMany.Add(out var count))
            {
                Log.TooMany(logger, count);
            }

            await OverloadProblems.TooMany("These are too many requests a second.", after).ExecuteAsync(context.HttpContext);
        }
        else
        {
            await OverloadedAsync(context.HttpContext);
        }
    }

    /// <summary>Answers 503: the service has as much to do as it takes on.</summary>
    public Task OverloadedAsync(HttpContext http)
    {
        if (_overloaded.Add(out var count))
        {
            Log.Overloaded(logger, count);
        }

        return OverloadProblems.Overloaded(TimeSpan.FromSeconds(Random.Shared.Next(SoonestSeconds, LatestSeconds + 1))).ExecuteAsync(http);
    }

    private static partial class Log
    {
        [LoggerMessage(433, LogLevel.Warning, "Requests refused with 503 since the last such line, because the service has too much to do: "
            + "{Count}")]
        public static partial void Overloaded(ILogger logger, int count);

        [LoggerMessage(434, LogLevel.Warning, "Requests refused with 429 since the last such line, because their callers sent too many: "
            + "{Count}")]
        public static partial void TooMany(ILogger logger, int count);
    }
}
