using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>
/// What the metrics store knows, asked once for all browsers: each range once a minute at most, and after a failure each 15 s, while
/// somebody looks at it.
/// </summary>
internal sealed partial class StoredFigures(
    StoredCharts charts,
    IOptionsMonitor<PrometheusOptions> options,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<StoredFigures> logger)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgeOfFailure = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The ranges to choose from; none without a store, where there is the hour alone.</summary>
    public IReadOnlyList<FiguresRange> Ranges => options.CurrentValue.Prometheus is null ? [] : FiguresRange.All;

    /// <summary>What the store has told of a range, or why it has not. It takes as long as an answer may, at most.</summary>
    public Task<StoredReading> ReadAsync(FiguresRange range, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(range.Key, out var known) || IsOld(known))
            {
                // Whoever asked first may leave; the others wait for the same answer, which has a bound of its own.
                known = new Known(time.GetTimestamp());
                known.Reading = QueryAsync(range, known);
                _known[range.Key] = known;
            }

            return known.Reading.WaitAsync(cancellationToken);
        }
    }

    private bool IsOld(Known known) => known.Reading.IsCompleted && time.GetElapsedTime(known.At) >= known.Lasts;

    private async Task<StoredReading> QueryAsync(FiguresRange range, Known known)
    {
        try
        {
            return new StoredReading(await charts.ReadAsync(range, time.GetUtcNow(), host.ApplicationStopping), Problem: null);
        }
        catch (StoreFailedException exception)
        {
            Log.Failed(logger, exception.Message);
            known.Lasts = AgeOfFailure;
            return new StoredReading(Charts: null, exception.Message);
        }
    }

    private sealed class Known(long at)
    {
        /// <summary>When it was asked.</summary>
        public long At => at;

        /// <summary>How long the answer is good enough.</summary>
        public TimeSpan Lasts { get; set; } = Age;

        /// <summary>The answer.</summary>
        public Task<StoredReading> Reading { get; set; } = null!;
    }

    private static partial class Log
    {
        [LoggerMessage(2641, LogLevel.Warning, "The figures of more than an hour are missing. {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
