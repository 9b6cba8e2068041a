using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>
/// Keeps a broken deployment from draining the log into the dead letters. When too many of the events finished within a minute would become dead
/// letters, or too many keys are parked, the group pauses its partitions. What it has read already is tried again from time to time: the group goes on
/// when the minute is over and something of that succeeds, or nothing of it is left.
/// </summary>
internal sealed partial class FailureValve(string group, MessagingOptions options, TimeProvider time, ILogger logger)
{
    private const int Slices = 6;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long[] _slice = new long[Slices];
    private readonly int[] _finished = new int[Slices];
    private readonly int[] _failed = new int[Slices];
    private int _reserved;
    private DateTimeOffset _limitedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _refusedUntil = DateTimeOffset.MinValue;
    private string? _failing;
    private string? _reason;

    /// <summary>Why the group pauses; null when it doesn't.</summary>
    public string? Halted
    {
        get
        {
            lock (_lock)
            {
                return Judge();
            }
        }
    }

    /// <summary>Wait before an event that may not become a dead letter now is tried again.</summary>
    public TimeSpan Probe => TimeSpan.FromMilliseconds(options.ProbeMs);

    /// <summary>Events were applied.</summary>
    public void Handled(int events) => Count(events, failed: 0);

    /// <summary>An event that had a place became a dead letter.</summary>
    public void Stored()
    {
        lock (_lock)
        {
            _limitedUntil = DateTimeOffset.MinValue;
            _reserved--;
            Count(events: 1, failed: 1);
        }
    }

    /// <summary>
    /// Whether another event may become a dead letter. It then has a place until it is <see cref="Stored"/> or gives it back: what several lanes store
    /// at once must not pass the valve together.
    /// </summary>
    public bool TryReserve()
    {
        lock (_lock)
        {
            Judge();
            var now = time.GetUtcNow();
            var (finished, failed) = Window(now);

            // At the limit of keys the database decides.
            if (now >= _limitedUntil && (_failing is not null || IsTooMuch(finished + _reserved, failed + _reserved)))
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
            _limitedUntil = time.GetUtcNow() + (2 * Probe);
            Judge();
        }
    }

    private void Count(int events, int failed)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow().Ticks / Slice.Ticks;
            var index = (int)(now % Slices);
            if (_slice[index] != now)
            {
                (_slice[index], _finished[index], _failed[index]) = (now, 0, 0);
            }

            _finished[index] += events;
            _failed[index] += failed;
            Judge();
        }
    }

    // Holds the lock.
    private string? Judge()
    {
        var now = time.GetUtcNow();
        var (finished, failed) = Window(now);
        if (IsTooMuch(finished, failed))
        {
            _failing = $"{failed} of {finished} events failed within a minute (Messaging:MaxFailureRate)";
        }
        else if (finished > failed || now >= _refusedUntil)
        {
            // While events are only refused, the minute forgets what failed, and nothing says that it wouldn't fail again.
            _failing = null;
        }

        var reason = now < _limitedUntil ? $"{options.MaxParkedKeys} keys are parked (Messaging:MaxParkedKeys)" : _failing;
        if (reason is not null && _reason is null)
        {
            Log.Halted(logger, group, reason);
        }
        else if (reason is null && _reason is not null)
        {
            Log.GoesOn(logger, group);
        }

        return _reason = reason;
    }

    private bool IsTooMuch(int finished, int failed) => failed >= options.MinFailures && failed > options.MaxFailureRate * finished;

    private (int Finished, int Failed) Window(DateTimeOffset now)
    {
        var oldest = (now.Ticks / Slice.Ticks) - Slices;
        var (finished, failed) = (0, 0);
        for (var i = 0; i < Slices; i++)
        {
            if (_slice[i] > oldest)
            {
                finished += _finished[i];
                failed += _failed[i];
            }
        }

        return (finished, failed);
    }

    private static partial class Log
    {
        [LoggerMessage(340, LogLevel.Error, "Group {Group} pauses: {Reason}. It tries from time to time and goes on by itself; look at what fails, and redrive or discard.")]
        public static partial void Halted(ILogger logger, string group, string reason);

        [LoggerMessage(341, LogLevel.Warning, "Group {Group} goes on.")]
        public static partial void GoesOn(ILogger logger, string group);
    }
}
