using System.Globalization;
using BenchmarkDotNet.Attributes;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Scheduling;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>
/// An event's way through its lane, with a handler that does nothing. Public and open, as BenchmarkDotNet derives from it.
/// </summary>
public class LaneBenchmarks
{
    private const int Events = 1_000;
    private const int Keys = 100;

    private readonly Item[] _items = [.. Enumerable.Range(0, Events)
        .Select(i => new Item((i % Keys).ToString(CultureInfo.InvariantCulture)))];
    private readonly Lanes<Item> _lanes = new(32, new BatchPacer(200), Handle, TimeProvider.System);

    /// <summary>A thousand events of a hundred keys are posted, and handled in as many batches as it takes.</summary>
    [Benchmark(Description = "dispatch", OperationsPerInvoke = Events)]
    public async Task DispatchAsync()
    {
        foreach (var item in _items)
        {
            _lanes.Post(item);
        }

        await _lanes.WhenIdle;
    }

    private static Task<IReadOnlyList<AttemptResult>> Handle(IReadOnlyList<Item> items)
    {
        var results = new AttemptResult[items.Count];
        Array.Fill(results, AttemptResult.Finished(AttemptOutcome.Done));
        return Task.FromResult<IReadOnlyList<AttemptResult>>(results);
    }

    private sealed class Item(string lane) : ILaneItem
    {
        public string Lane => lane;

        public CancellationToken Dropped => CancellationToken.None;

        public bool IsAlone { get; set; }
    }
}
