using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Idle;

namespace EventDriven.Benchmarks;

/// <summary>Every benchmark, in the order in which they run, and every contestant of this program.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Benchmark> Benchmarks = [new CheckoutBenchmark(), new ConsumeBenchmark(), new EndToEndBenchmark(), new IdleBenchmark()];

    public static readonly IReadOnlyDictionary<string, Func<Servers, Task<IContestant>>> Contestants =
        new Dictionary<string, Func<Servers, Task<IContestant>>>(StringComparer.Ordinal)
        {
            ["checkout/ours"] = CheckoutOurs.CreateAsync,
            ["checkout/twin"] = CheckoutTwin.CreateAsync,
            ["consume/ours"] = ConsumeOurs.CreateAsync,
            ["consume/twin"] = ConsumeTwin.CreateAsync,
        };
}
