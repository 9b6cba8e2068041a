using EventDriven.Messaging.Consuming.Work;
using BenchmarkDotNet.Attributes;
using EventDriven.Messaging.Consuming;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>An event's way through the tracker of its partition. Public and open, as BenchmarkDotNet derives from it.</summary>
public class OffsetTrackerBenchmarks
{
    private const int InFlight = 100;

    private readonly OffsetTracker _tracker = new();
    private long _next;

    public OffsetTrackerBenchmarks()
    {
        for (; _next < InFlight; _next++)
        {
            _tracker.Start(_next);
        }
    }

    /// <summary>A hundred events are in flight and finish in the worst order: the oldest last.</summary>
    [Benchmark(Description = "track", OperationsPerInvoke = InFlight)]
    public long? Track()
    {
        for (var i = 1; i <= InFlight; i++)
        {
            _tracker.Finish(_next - i);
        }

        for (var i = 0; i < InFlight; i++)
        {
            _tracker.Start(_next++);
        }

        return _tracker.Position;
    }
}
