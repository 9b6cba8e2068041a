using EventDriven.Benchmarks.Harness;
using EventDriven.Messaging;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>How long after its commit an event is acknowledged, while events come at a steady rate.</summary>
internal sealed class OutboxLatencyBenchmark : Benchmark
{
    public const int PerSecond = 500;

    private const double MoreAtP50Ms = 3;
    private const double MoreAtP99Ms = 20;

    public override string Name => "outbox-latency";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(20 * PerSecond, PerSecond / 2), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name)], cancellationToken);
        var p50 = turns.Ours(m => m.P50Ms);
        var p99 = turns.Ours(m => m.P99Ms);
        var max = turns.Ours(m => m.MaxMs);
        var twinP50 = turns.Twin(m => m.P50Ms);
        var twinP99 = turns.Twin(m => m.P99Ms);
        var poll = new MessagingOptions().Outbox.PollInterval.TotalMilliseconds;
        return
        [
            new Figure
            {
                Name = $"{Name}/p50", Unit = "ms", Ours = p50, Twin = twinP50, Target = "≤ twin + 3 ms", Met = p50 <= twinP50 + MoreAtP50Ms,
            },
            new Figure
            {
                Name = $"{Name}/p99", Unit = "ms", Ours = p99, Twin = twinP99, Target = "≤ twin + 20 ms",
                Met = p99 <= twinP99 + MoreAtP99Ms,
            },
            new Figure
            {
                Name = $"{Name}/max", Unit = "ms", Ours = max, Twin = turns.Twin(m => m.MaxMs),
                Target = $"no poll seen: < {poll} ms", Met = max < poll,
            },
        ];
    }
}
