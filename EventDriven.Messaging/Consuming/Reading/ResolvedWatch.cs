using EventDriven.Messaging.Consuming.Failing;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// While a topic refuses failing events, looks whether operators have redriven or discarded some of what failed, on whichever instance's
/// partitions: then the topic begins anew at once. All but the query runs on the thread that reads from Kafka.
/// </summary>
/// <param name="breakers">The group's breakers.</param>
/// <param name="maxParkedKeys">See <see cref="DeadLetterOptions.MaxParkedKeys"/>.</param>
/// <param name="count">Counts the keys of the group that failing events have parked, by topic.</param>
/// <param name="every">Time between two looks.</param>
/// <param name="time">Measures it.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed partial class ResolvedWatch(
    GroupCircuitBreakers breakers,
    int maxParkedKeys,
    Func<IReadOnlyDictionary<string, long>> count,
    TimeSpan every,
    TimeProvider time,
    ILogger logger)
{
    private volatile IReadOnlyDictionary<string, long>? _found;
    private IReadOnlyDictionary<string, long>? _before;
    private long? _looked;

    /// <summary>Completes when no query is running.</summary>
    public Task WhenIdle { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Lets topics begin anew of which something was resolved; true when there is one, and what waits is to be tried at once.
    /// </summary>
    public bool Look()
    {
        if (!WhenIdle.IsCompleted)
        {
            return false;
        }

        var refusing = breakers.All.Where(breaker => breaker.Refuses is not null).ToArray();
        if (refusing.Length == 0)
        {
            _found = _before = null;
            _looked = null;
            return false;
        }

        if (_found is { } found)
        {
            var resolved = Array.FindAll(refusing, breaker => IsResolved(breaker, found));
            Array.ForEach(resolved, breaker => breaker.Reset());
            _before = found;
            _found = null;
            return resolved.Length > 0;
        }

        if (_looked is not { } looked || time.GetElapsedTime(looked) >= every)
        {
            _looked = time.GetTimestamp();
            WhenIdle = Task.Run(Read);
        }

        return false;
    }

    private bool IsResolved(CircuitBreaker breaker, IReadOnlyDictionary<string, long> found) =>
        (breaker.IsAtLimit && found.Values.Sum() < maxParkedKeys)
        || (_before is not null && found.GetValueOrDefault(breaker.Topic) < _before.GetValueOrDefault(breaker.Topic));

    private void Read()
    {
        try
        {
            _found = count();
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(362, LogLevel.Warning, "The parked keys can't be counted; a topic that pauses goes on by its own probes only.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
