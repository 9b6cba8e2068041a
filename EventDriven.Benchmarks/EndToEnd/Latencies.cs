using System.Diagnostics;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>Latencies in the order of sending, in milliseconds.</summary>
internal sealed class Latencies(double[] inOrder)
{
    private readonly double[] _sorted = [.. inOrder.Order()];

    public static Latencies Of(long[] due, Func<int, long> done) =>
        new([.. due.Select((at, order) => Stopwatch.GetElapsedTime(at, done(order)).TotalMilliseconds)]);

    public double P50 => Percentile(0.50);

    public double P95 => Percentile(0.95);

    public double P99 => Percentile(0.99);

    public double Max => _sorted[^1];

    /// <summary>How much longer the last third's median is than the first third's.</summary>
    public double Growth => new Latencies(inOrder[^(inOrder.Length / 3)..]).P50 - new Latencies(inOrder[..(inOrder.Length / 3)]).P50;

    private double Percentile(double rank) => _sorted[Math.Max(0, (int)Math.Ceiling(rank * _sorted.Length) - 1)];
}
