using System.Diagnostics;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>Starts work at a steady rate, whether or not what was started before is done.</summary>
internal static class OpenLoop
{
    public static async Task RunAsync(int times, int perSecond, Func<Task> work, CancellationToken cancellationToken)
    {
        var running = new List<Task>(times);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var started = Stopwatch.GetTimestamp();
        while (running.Count < times)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var due = Math.Min(times, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            while (running.Count < due)
            {
                running.Add(work());
            }
        }

        await Task.WhenAll(running);
    }
}
