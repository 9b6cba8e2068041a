using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Consume;

/// <summary>From sending an event to its committed effect, at a steady rate far below what <c>consume</c> reaches.</summary>
internal sealed class ConsumeLatencyBenchmark : Benchmark
{
    private const int Seconds = 20;
    private const int QuickSeconds = 1;

    public override string Name => "consume-latency";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, ConsumeLatencyOurs.PerSecond * stage.Size(Seconds, QuickSeconds), [ContestantSpec.Ours(Name)], cancellationToken);
        var p50 = turns.Ours(m => m.P50Ms);
        var p99 = turns.Ours(m => m.P99Ms);
        return
        [
            new Figure { Name = Name + "/p50", Unit = "ms", Ours = p50, Target = "≤ 10 ms at 2 000 events/s", Met = p50 <= 10 },
            new Figure { Name = Name + "/p99", Unit = "ms", Ours = p99, Target = "≤ 60 ms at 2 000 events/s", Met = p99 <= 60 },
        ];
    }
}
