namespace EventDriven.Benchmarks.Harness;

/// <summary>One row of docs/performance.md.</summary>
internal abstract class Benchmark
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Runs it, prints what was measured and returns the figures that it is judged by.</summary>
    public abstract Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken);
}
