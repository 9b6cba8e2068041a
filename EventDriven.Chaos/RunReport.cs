using System.Diagnostics;
using System.Globalization;
using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Recoveries;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Samples;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos;

/// <summary>What a run tells: on the console while it runs, and in its folder.</summary>
internal sealed class RunReport(SeedFolder folder)
{
    /// <summary>How many lines of findings are shown; the folder has all.</summary>
    public const int MostShown = 20;

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Tells what has just happened, and when.</summary>
    public void Say(string what) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:0.0} s  {what}"));

    /// <summary>The faults that will happen.</summary>
    public async Task AnnounceAsync(string title, IReadOnlyList<PlannedFault> schedule, CancellationToken cancellationToken)
    {
        var table = ScheduleTable.Of(schedule);
        await File.WriteAllTextAsync(folder.File("schedule.txt"), table, cancellationToken);
        Console.WriteLine(title);
        Console.Write(table);
    }

    /// <summary>Which faults happened, and what became of the requests.</summary>
    public async Task WriteAsync(History history, CancellationToken cancellationToken)
    {
        await HistoryFile.WriteAsync(folder.File("history.jsonl"), history, cancellationToken);
        Console.Write(ScheduleTable.Of(history.Faults));
        foreach (var kind in history.Operations.GroupBy(operation => operation.Kind).OrderBy(kind => kind.Key))
        {
            Console.WriteLine(
                $"{kind.Key,-9} {kind.Count(),6}: {kind.Count(o => o.Outcome == Outcome.Ok)} ok, "
                + $"{kind.Count(o => o.Outcome == Outcome.Failed)} failed, {kind.Count(o => o.Outcome == Outcome.Unknown)} unknown");
        }
    }

    /// <summary>How long the application took to recover from each kind of fault.</summary>
    public async Task WriteAsync(
        IReadOnlyList<MeasuredFault> measured, SystemEvidence evidence, CancellationToken cancellationToken)
    {
        var table = RecoveryTable.Of(FaultRecovery.Of(measured, evidence), RecoveryMeter.Bound);
        await File.WriteAllTextAsync(folder.File("recovery.md"), table, cancellationToken);
        Console.Write(table);
    }

    /// <summary>What the services' processes took, and the tables.</summary>
    /// <param name="samples">Samples of the whole run.</param>
    /// <param name="isShown">Whether the run was long enough to tell something by it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(IReadOnlyList<Sample> samples, bool isShown, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(
            folder.File("samples.tsv"), samples.Select(SampleTable.Line).Prepend(SampleTable.Titles), cancellationToken);
        var table = SampleTable.Of(samples);
        await File.WriteAllTextAsync(folder.File("samples.txt"), table, cancellationToken);
        if (isShown)
        {
            Console.Write(table);
        }
    }

    /// <summary>What was done wrong, each with its shortest history.</summary>
    public async Task WriteAsync(IReadOnlyList<Anomaly> anomalies, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(folder.File("anomalies.txt"), anomalies.SelectMany(Lines), cancellationToken);
        foreach (var rule in anomalies.GroupBy(anomaly => anomaly.Rule))
        {
            Console.WriteLine($"{rule.Key} ({rule.First().Law}): {rule.Count()}");
        }

        foreach (var lines in anomalies.Take(MostShown).Select(anomaly => Lines(anomaly).ToList()))
        {
            foreach (var line in lines.Take(MostShown))
            {
                Console.WriteLine(line);
            }

            if (lines.Count > MostShown)
            {
                Console.WriteLine($"    and {lines.Count - MostShown} lines more in {folder.File("anomalies.txt")}");
            }
        }

        Console.WriteLine(anomalies.Count == 0 ? $"No anomaly by {Checker.Rules.Count} rules." : $"{anomalies.Count} anomalies.");
    }

    private static IEnumerable<string> Lines(Anomaly anomaly) =>
        anomaly.History.Select(line => $"    {line}").Prepend($"{anomaly.Law} {anomaly.Rule}: {anomaly.What}");
}
