using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Measures from the first event that reaches its handler until the last effect is committed; joining the group is not measured.</summary>
internal sealed class ConsumeProgress
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Meter? _meter;
    private int _expected;
    private int _committed;

    public Task Done => _done.Task;

    public void Expect(int events)
    {
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

    public Measurement Stop() => _meter!.Stop(_expected);
}
