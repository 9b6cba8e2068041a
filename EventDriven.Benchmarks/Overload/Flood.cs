using System.Diagnostics;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// Orders in an open loop over many connections: at a steady rate, whatever becomes of those before. Each connection has one order on its
/// way, and takes the next that is due; latency counts from when an order was due.
/// </summary>
internal sealed class Flood(Uri server, string token) : IDisposable
{
    // Enough that the service's places and its queue are full and others are refused meanwhile.
    private const int Connections = 1_024;

    private readonly FloodConnection[] _connections = [.. Enumerable.Range(0, Connections).Select(_ => new FloodConnection(server, token))];

    /// <summary>Places so many orders a second for so long, and waits for all answers.</summary>
    public async Task<FloodResult> RunAsync(int perSecond, int seconds, CancellationToken cancellationToken)
    {
        var orders = perSecond * seconds;
        var (keys, statuses, milliseconds, late) = (new Guid[orders], new short[orders], new float[orders], new float[orders]);
        var next = -1;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select(connection => Task.Run(() => PlaceAsync(connection), cancellationToken)));
        return new FloodResult(perSecond, Stopwatch.GetElapsedTime(begun).TotalSeconds, keys, statuses, milliseconds, late);

        async Task PlaceAsync(FloodConnection connection)
        {
            while (Interlocked.Increment(ref next) is var order && order < orders)
            {
                var due = begun + (order * Stopwatch.Frequency / perSecond);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                {
                    await Task.Delay(
                        TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), TimeProvider.System, cancellationToken);
                }

                keys[order] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                late[order] = (float)Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                statuses[order] = (short)await connection.PlaceAsync(keys[order], cancellationToken);
                milliseconds[order] = (float)Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            }
        }
    }

    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());
}
