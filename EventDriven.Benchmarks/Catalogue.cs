using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Outbox;

namespace EventDriven.Benchmarks;

/// <summary>Every benchmark, in the order in which they run, and every contestant of this program.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Benchmark> Benchmarks = [new ConsumeBenchmark(), new OutboxBenchmark(), new OutboxGrowthBenchmark(), new OutboxLatencyBenchmark()];

    public static readonly IReadOnlyDictionary<string, Func<Servers, Task<IContestant>>> Contestants =
        new Dictionary<string, Func<Servers, Task<IContestant>>>(StringComparer.Ordinal)
        {
            ["consume/ours"] = ConsumeOurs.CreateAsync,
            ["consume/twin"] = ConsumeTwin.CreateAsync,
            ["outbox/ours"] = OutboxOurs.CreateAsync,
            ["outbox/twin"] = OutboxTwin.CreateAsync,
            ["outbox-latency/ours"] = OutboxLatencyOurs.CreateAsync,
            ["outbox-latency/twin"] = OutboxLatencyTwin.CreateAsync,
        };
}
