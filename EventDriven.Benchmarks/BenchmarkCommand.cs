using System.CommandLine;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Reports;
using Spectre.Console;

namespace EventDriven.Benchmarks;

/// <summary><c>./bench.sh [names] [--quick]</c>.</summary>
internal static class BenchmarkCommand
{
    // An application and the servers stop one after the other.
    private static readonly TimeSpan StopBound = TimeSpan.FromMinutes(1);

    public static Task<int> RunAsync(string[] arguments)
    {
        var names = new Argument<string[]>(
            "names")
        { Description = "Benchmarks to run; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Catalogue.Benchmarks.Select(b => b.Name)]);
        var quick = new Option<bool>("--quick")
        {
            Description = "One turn with little work and no warm-up: shows that everything runs, its figures mean nothing.",
        };
        var turns = new Option<int>("--turns")
        {
            Description = "How often each contestant runs.",
            DefaultValueFactory = _ => Stage.FullTurns,
        };
        var command = new RootCommand("Measures what the system does against the bare clients, in turns, on this machine.")
        {
            names,
            quick,
            turns,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(names)!, parsed.GetValue(quick), parsed.GetValue(turns), cancellationToken));
        return command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopBound });
    }

    private static async Task<int> RunAsync(string[] names, bool isQuick, int turns, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("KAFKA_HOME") is not { Length: > 0 })
        {
            await Console.Error.WriteLineAsync(
                "Benchmarks need Apache Kafka; the emulator keeps its log in memory. Set KAFKA_HOME to the folder of its download.");
            return 2;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        var folder = Path.Combine(Artifacts.Folder, "bench", $"{Environment.ProcessId}");
        var figures = new Figures();
        await using (var servers = await BenchmarkServers.StartAsync(Path.Combine(folder, "servers"), cancellationToken))
        {
            var stage = new Stage(servers.Addresses, folder, isQuick, turns, figures);
            var named = Catalogue.Benchmarks.Where(b => names.Length == 0 || names.Contains(b.Name, StringComparer.Ordinal));
            await BenchmarkRun.AllAsync(
                named.Select<Benchmark, (string, Func<Task<IReadOnlyList<Figure>>>)>(
                    benchmark => (benchmark.Name, () => benchmark.RunAsync(stage, cancellationToken))),
                figures,
                Path.Combine(Artifacts.Folder, "bench.json"),
                Console.Error,
                cancellationToken);
            FigureTable.Print(figures.All, areMeaningful: !isQuick);
        }

        await BenchmarkRun.DeleteAsync(folder, Console.Error);
        if (figures.Failed.Count > 0)
        {
            await Console.Error.WriteLineAsync($"Failed: {string.Join(", ", figures.Failed)}. The figures above are of what came before.");
            return 1;
        }

        return 0;
    }
}
