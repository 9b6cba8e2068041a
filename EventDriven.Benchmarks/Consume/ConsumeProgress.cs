using System.Collections.Concurrent;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Consume;

/// <summary>
/// Measures from the first event that reaches its handler until the last effect is committed; joining the group is not measured.
/// </summary>
internal sealed class ConsumeProgress
{
    private readonly ConcurrentQueue<double> _latencies = new();
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Meter? _meter;
    private int _expected;
    private int _committed;

    public Task Done => _done.Task;

    /// <summary>From when each sale was recorded to when its effect was committed, in milliseconds.</summary>
    public IReadOnlyCollection<double> Latencies => _latencies;

    /// <summary>Begins anew.</summary>
    public void Expect(int events)
    {
        _latencies.Clear();
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _meter = null;
        _expected = events;
        _committed = 0;
    }

    public void Started()
    {
        if (Volatile.Read(ref _meter) is null)
        {
            Interlocked.CompareExchange(ref _meter, new Meter(), null);
        }
    }

    public void Committed(int events)
    {
        if (Interlocked.Add(ref _committed, events) == _expected)
        {
            _done.SetResult();
        }
    }

    public void Committed(SaleRecorded[] sales)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var sale in sales)
        {
            _latencies.Enqueue((now - sale.RecordedAt).TotalMilliseconds);
        }

        Committed(sales.Length);
    }

    public Measurement Stop() => _meter!.Stop(_expected);
}
