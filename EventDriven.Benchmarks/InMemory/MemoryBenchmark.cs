using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EventDriven.Benchmarks.Harness;
using Perfolizer.Horology;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>
/// The parts that every event passes in memory, by BenchmarkDotNet: time and bytes allocated an event. They have no twin and no target.
/// </summary>
internal sealed class MemoryBenchmark : Benchmark
{
    public override string Name => "memory";

    public override Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var config = Config(stage);
        var figures = new List<Figure>();
        Type[] benchmarks =
        [
            typeof(AdmissionBenchmarks), typeof(EnvelopeBenchmarks), typeof(SealingBenchmarks), typeof(LaneBenchmarks),
            typeof(OffsetTrackerBenchmarks),
        ];
        foreach (var type in benchmarks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var summary = BenchmarkRunner.Run(type, config);
            MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
            figures.AddRange(summary.Reports.SelectMany(Figures));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    // In this process: the default toolchain generates a project and builds it below bin/, where this repository's Directory.Build.props,
    // which move every project's output to artifacts/, would apply to it.
    private static ManualConfig Config(Stage stage)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
        return ManualConfig.CreateEmpty()
            .AddJob(stage.IsQuick ? job.WithWarmupCount(1).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(50)) : job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(stage.Folder, "memory"));
    }

    private static IEnumerable<Figure> Figures(BenchmarkReport report)
    {
        var part = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo;
        if (report is not { Success: true, ResultStatistics: { } statistics })
        {
            throw new InvalidOperationException($"BenchmarkDotNet has no result for '{part}'.");
        }

        yield return Watched($"memory/{part}", "ns", statistics.Median);
        yield return Watched($"memory/{part}-bytes", "bytes", report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    private static Figure Watched(string name, string unit, double value) =>
        new() { Name = name, Unit = unit, Ours = value, Target = "none; watched", Met = true };
}
