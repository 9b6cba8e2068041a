using System.Diagnostics;

namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>
/// Starts work at a steady rate, whether or not what was started before is done. Time counts from when each piece was due, so that a system
/// that falls behind can't slow its own measurement down.
/// </summary>
internal static class OpenLoop
{
    /// <summary>Starts work so many times, and ends when all of it is done.</summary>
    /// <param name="times">How often.</param>
    /// <param name="perSecond">How often a second.</param>
    /// <param name="start">
    /// Is given the number of the piece of work, from 0, and when it was due: a timestamp of <see cref="Stopwatch"/>, never later than now.
    /// </param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public static async Task RunAsync(int times, int perSecond, Func<int, long, Task> start, CancellationToken cancellationToken)
    {
        var running = new Task[times];
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < times; number++)
        {
            var due = begun + (number * Stopwatch.Frequency / perSecond);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                // In whole milliseconds, which is what a timer can do.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), TimeProvider.System, cancellationToken);
            }

            running[number] = start(number, due);
        }

        await Task.WhenAll(running);
    }

    /// <summary>The same moment by the clock.</summary>
    public static DateTimeOffset ByTheClock(long due) => TimeProvider.System.GetUtcNow() - Stopwatch.GetElapsedTime(due);
}
