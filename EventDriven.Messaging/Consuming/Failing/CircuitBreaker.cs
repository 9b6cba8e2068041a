using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>
/// The circuit breaker of one topic of a group: keeps a broken deployment from draining the log into the dead letters. When too many of the
/// events finished within a minute would become dead letters, or too many keys are parked, failing events are refused: they wait and are
/// tried again at each probe. While nothing else succeeds either, the topic is halted: its partitions read only what a probe needs. One
/// success lets it go on. What can't be read is no failure of the group's, and takes no part in this.
/// </summary>
/// <param name="group">Consumer group.</param>
/// <param name="topic">One of its topics.</param>
/// <param name="options">Limits.</param>
/// <param name="time">Measures the minute and the probes.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed partial class CircuitBreaker(string group, string topic, MessagingOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly MinuteCount _finished = new(time);
    private readonly MinuteCount _failed = new(time);
    private int _reserved;
    private TimeSpan _limitedUntil = TimeSpan.MinValue;
    private TimeSpan _refusedUntil = TimeSpan.MinValue;
    private TimeSpan? _succeededAt;
    private string? _failing;
    private bool _isPaused;

    /// <summary>The topic.</summary>
    public string Topic => topic;

    /// <summary>Why failing events may not become dead letters now; null when they may.</summary>
    public string? Refuses
    {
        get
        {
            lock (_lock)
            {
                return Judge();
            }
        }
    }

    /// <summary>
    /// The same when nothing has succeeded for the time of a probe: then the topic is read only by probes. Null when it is read.
    /// </summary>
    public string? Pauses
    {
        get
        {
            lock (_lock)
            {
                return Judge() is { } reason && _isPaused ? reason : null;
            }
        }
    }

    /// <summary>Whether it refuses because too many keys are parked.</summary>
    public bool IsAtLimit
    {
        get
        {
            lock (_lock)
            {
                return time.GetRunningTime() < _limitedUntil;
            }
        }
    }

    /// <summary>Wait before an event that may not become a dead letter now is tried again.</summary>
    public TimeSpan Probe => options.DeadLetters.ProbeInterval;

    /// <summary>Events were applied.</summary>
    public void Handled(int events)
    {
        lock (_lock)
        {
            _succeededAt = time.GetRunningTime();
            _finished.Add(events);
            Judge();
        }
    }

    /// <summary>An event that had a place became a dead letter.</summary>
    public void Stored()
    {
        lock (_lock)
        {
            _limitedUntil = TimeSpan.MinValue;
            _reserved--;
            _finished.Add(1);
            _failed.Add(1);
            Judge();
        }
    }

    /// <summary>
    /// Whether another event may become a dead letter. It then has a place until it is <see cref="Stored"/> or gives it back: what several
    /// lanes store at once must not pass the breaker together.
    /// </summary>
    /// <param name="isItsOwnFault">Whether others of its topic are known to succeed; then the share of failures doesn't matter.</param>
    public bool TryReserve(bool isItsOwnFault = false)
    {
        lock (_lock)
        {
            Judge();
            var now = time.GetRunningTime();

            // At the limit of keys the database decides.
            if (!isItsOwnFault
                && now >= _limitedUntil
                && (_failing is not null || IsTooMuch(_finished.Value + _reserved, _failed.Value + _reserved)))
            {
                _refusedUntil = now + (2 * Probe);
                return false;
            }

            _reserved++;
            return true;
        }
    }

    /// <summary>Events that had a place didn't become dead letters after all.</summary>
    public void GiveBack(int events)
    {
        lock (_lock)
        {
            _reserved -= events;
        }
    }

    /// <summary>An event could not become a dead letter, because too many keys are parked.</summary>
    public void LimitReached()
    {
        lock (_lock)
        {
            _limitedUntil = time.GetRunningTime() + (2 * Probe);
            Judge();
        }
    }

    /// <summary>An operator has looked at what failed, and redriven or discarded of it: it begins anew.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _limitedUntil = _refusedUntil = TimeSpan.MinValue;
            _failing = null;
            _finished.Clear();
            _failed.Clear();
            Judge();
        }
    }

    // Holds the lock.
    private string? Judge()
    {
        var now = time.GetRunningTime();
        var (finished, failed) = (_finished.Value, _failed.Value);
        if (IsTooMuch(finished, failed))
        {
            _failing = $"{failed} of {finished} events failed within a minute (Messaging:DeadLetters:MaxFailureRate)";
        }
        else if (finished > failed || now >= _refusedUntil)
        {
            // While events are only refused, the minute forgets what failed, and nothing says that it wouldn't fail again.
            _failing = null;
        }

        var reason = now < _limitedUntil
            ? $"{options.DeadLetters.MaxParkedKeys} keys are parked (Messaging:DeadLetters:MaxParkedKeys)"
            : _failing;
        var halts = reason is not null && (_succeededAt is not { } succeeded || now - succeeded >= Probe);
        if (halts && !_isPaused)
        {
            Log.Paused(logger, group, topic, reason!);
        }
        else if (!halts && _isPaused)
        {
            Log.GoesOn(logger, group, topic);
        }

        _isPaused = halts;
        return reason;
    }

    private bool IsTooMuch(int finished, int failed) =>
        failed >= options.DeadLetters.MinFailures && failed > options.DeadLetters.MaxFailureRate * finished;

    private static partial class Log
    {
        [LoggerMessage(340, LogLevel.Error, "Group {Group} pauses topic {Topic}: {Reason}. "
            + "It tries what comes next from time to time and goes on by itself; look at what fails, and redrive or discard.")]
        public static partial void Paused(ILogger logger, string group, string topic, string reason);

        [LoggerMessage(341, LogLevel.Warning, "Group {Group} goes on with topic {Topic}.")]
        public static partial void GoesOn(ILogger logger, string group, string topic);
    }
}
