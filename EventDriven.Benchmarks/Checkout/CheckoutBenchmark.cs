using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Checkout;

/// <summary><c>POST /orders</c> with three lines and unique idempotency keys over 32 connections.</summary>
internal sealed class CheckoutBenchmark : Benchmark
{
    // On processors that the servers and the load keep busy, the runtime comes to compile what is called often only little by little: after
    // 10 000 requests, half of ours still ran as it was compiled first.
    private const int WarmUp = 60_000;

    public override string Name => "checkout";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(10_000, 1_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name)], cancellationToken, warmUp: WarmUp);
        var (ours, twin) = (turns.Ours(m => m.PerSecond), turns.Twin(m => m.PerSecond));
        var (oursP99, twinP99) = (turns.Ours(m => m.P99Ms), turns.Twin(m => m.P99Ms));
        return
        [
            new Figure { Name = Name, Unit = "requests/s", Ours = ours, Twin = twin, Target = "≥ 0.70 of the twin",
                Met = ours >= 0.7 * twin },
            new Figure { Name = $"{Name}/p99", Unit = "ms", Ours = oursP99, Twin = twinP99, Target = "≤ 1.5 × the twin",
                Met = oursP99 <= 1.5 * twinP99 },
        ];
    }
}
