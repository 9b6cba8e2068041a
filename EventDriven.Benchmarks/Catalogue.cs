using EventDriven.Benchmarks.Analytics;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.ControlRoom;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Idle;
using EventDriven.Benchmarks.InMemory;
using EventDriven.Benchmarks.Lanes;
using EventDriven.Benchmarks.Outbox;
using EventDriven.Benchmarks.Overload;
using EventDriven.Benchmarks.Scaling;

namespace EventDriven.Benchmarks;

/// <summary>Every benchmark, in the order in which they run, and every contestant of this program.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Benchmark> Benchmarks =
    [
        new CheckoutBenchmark(),
        new OverloadBenchmark(),
        new OverloadMemoryBenchmark(),
        new OutboxBenchmark(),
        new OutboxGrowthBenchmark(),
        new OutboxLatencyBenchmark(),
        new ConsumeBenchmark(),
        new ConsumeGrowthBenchmark(),
        new ConsumeLatencyBenchmark(),
        new LanesBenchmark(),
        new AnalyticsBenchmark(),
        new EndToEndBenchmark(),
        new ControlRoomBenchmark(),
        new IdleBenchmark(),
        new ScalingBenchmark(),
        new MemoryBenchmark(),
    ];

    public static readonly IReadOnlyDictionary<string, Func<Servers, Task<IContestant>>> Contestants =
        new Dictionary<string, Func<Servers, Task<IContestant>>>(
            ScalingOurs.Points.Select(point => KeyValuePair.Create<string, Func<Servers, Task<IContestant>>>(
                $"scaling/{ScalingOurs.NameOf(point)}", servers => Start(new ScalingOurs(servers, point.Partitions, point.Instances)))),
            StringComparer.Ordinal)
        {
            ["analytics/ours"] = AnalyticsOurs.CreateAsync,
            ["analytics/twin"] = servers => Start(new AnalyticsTwin(servers)),
            ["checkout/ours"] = CheckoutOurs.CreateAsync,
            ["checkout/twin"] = CheckoutTwin.CreateAsync,
            ["consume/ours"] = servers => Start(new ConsumeOurs(servers, ConsumeOurs.Kind.Batches)),
            ["consume-single/ours"] = servers => Start(new ConsumeOurs(servers, ConsumeOurs.Kind.OneByOne)),
            ["consume-full/ours"] = servers => Start(new ConsumeOurs(servers, ConsumeOurs.Kind.FullInbox)),
            ["consume/twin"] = servers => Start(new ConsumeTwin(servers)),
            ["consume-latency/ours"] = servers => Start(new ConsumeLatencyOurs(servers)),
            ["end-to-end/ours"] = servers => Start(new ReservationOurs(servers)),
            ["lanes/ours"] = servers => Start(new LanesOurs(servers)),
            ["lanes/twin"] = servers => Start(new LanesTwin(servers)),
            ["outbox/ours"] = servers => Start(new OutboxOurs(servers)),
            ["outbox/twin"] = servers => Start(new OutboxTwin(servers)),
            ["outbox-latency/ours"] = servers => Start(new OutboxLatencyOurs(servers)),
            ["outbox-latency/twin"] = servers => Start(new OutboxLatencyTwin(servers)),
        };

    private static Task<IContestant> Start(IContestant contestant) => Task.FromResult(contestant);
}
