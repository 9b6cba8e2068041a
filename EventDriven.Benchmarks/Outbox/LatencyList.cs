namespace EventDriven.Benchmarks.Outbox;

/// <summary>Latencies of a known number of events, noted by many threads.</summary>
internal sealed class LatencyList(int expected)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public double[] InMs { get; } = new double[expected];

    public Task Complete => _complete.Task;

    public void Add(TimeSpan latency)
    {
        var index = Interlocked.Increment(ref _count);
        InMs[index - 1] = latency.TotalMilliseconds;
        if (index == InMs.Length)
        {
            _complete.SetResult();
        }
    }
}
