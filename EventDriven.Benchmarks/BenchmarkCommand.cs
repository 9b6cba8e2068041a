using System.CommandLine;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Harness.Reports;
using EventDriven.LocalHost;
using Spectre.Console;

namespace EventDriven.Benchmarks;

/// <summary><c>./bench.sh [names] [--quick]</c>.</summary>
internal static class BenchmarkCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        var names = new Argument<string[]>("names") { Description = "Benchmarks to run; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Catalogue.Benchmarks.Select(b => b.Name)]);
        var quick = new Option<bool>("--quick") { Description = "One turn with little work and no warm-up: shows that everything runs, its figures mean nothing." };
        var turns = new Option<int>("--turns") { Description = "How often each contestant runs.", DefaultValueFactory = _ => Stage.FullTurns };
        var command = new RootCommand("Measures what the system does against the bare clients, in turns, on this machine.") { names, quick, turns };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(names)!, parsed.GetValue(quick), parsed.GetValue(turns), cancellationToken));
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunAsync(string[] names, bool isQuick, int turns, CancellationToken cancellationToken)
    {
        var artifacts = Artifacts();
        var folder = Path.Combine(artifacts, "bench", $"{Environment.ProcessId}");

        // Durable servers: a benchmark without fsync would measure something that nobody may run.
        var options = new LocalApplicationOptions { DataDirectory = Path.Combine(folder, "servers"), Services = [] };
        if (options.KafkaHome is null)
        {
            await Console.Error.WriteLineAsync(
                "Benchmarks need Apache Kafka; the built-in cluster keeps its log in memory. Set KAFKA_HOME to the folder of its download.");
            return 2;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        var figures = new List<Figure>();
        await using (var application = await LocalApplication.StartAsync(options, cancellationToken))
        {
            var servers = new Servers(
                application.ConnectionString("postgres"), application.ConnectionString("kafka"), application.ConnectionString("redis"));
            var stage = new Stage(servers, folder, isQuick, turns);
            foreach (var benchmark in Catalogue.Benchmarks.Where(b => names.Length == 0 || names.Contains(b.Name, StringComparer.Ordinal)))
            {
                figures.AddRange(await benchmark.RunAsync(stage, cancellationToken));
            }
        }

        Directory.Delete(folder, recursive: true);
        FigureTable.Print(figures, areMeaningful: !isQuick);
        await FigureFile.WriteAsync(Path.Combine(artifacts, "bench.json"), figures, cancellationToken);
        return 0;
    }

    // The program stands in artifacts/bin/EventDriven.Benchmarks/release.
    private static string Artifacts() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
}
