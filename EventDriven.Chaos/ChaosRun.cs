using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Load;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using Npgsql;

namespace EventDriven.Chaos;

/// <summary>One run: the application under a load and under faults, its recovery, and the check of what it has done.</summary>
internal sealed class ChaosRun(ChaosOptions options, TimeProvider time)
{
    private const int Sound = 0;
    private const int Unsound = 1;
    private const int NotChecked = 3;
    private const int Stopped = 130;
    private const int MostShown = 20;

    private static readonly TimeSpan RecoveryBound = TimeSpan.FromSeconds(60);

    private readonly string _folder = Path.Combine(ArtifactsFolder, "chaos", options.Seed.ToString(CultureInfo.InvariantCulture));
    private readonly long _started = Stopwatch.GetTimestamp();

    // The program stands in artifacts/bin/EventDriven.Chaos/release.
    private static string ArtifactsFolder => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    private string DataFolder => Path.Combine(_folder, "data");

    /// <returns>0 if nothing was found; 1 if something was; 3 if nothing was checked; 130 if it was stopped.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var schedule = Schedule.Of(options.Seed, options.Length, options.Kinds);
        Directory.CreateDirectory(_folder);
        Delete([DataFolder]);
        var table = ScheduleTable.Of(schedule);
        await File.WriteAllTextAsync(Path.Combine(_folder, "schedule.txt"), table, cancellationToken);
        Console.WriteLine($"Seed {options.Seed}, {options.Length.TotalSeconds:0} s, {schedule.Count} faults:");
        Console.Write(table);
        Say("starting the application");
        IReadOnlyList<string> folders = [DataFolder];
        try
        {
            await using var system = await RunningSystem.StartAsync(DataFolder, cancellationToken);
            folders = system.DataFolders;
            return await RunAsync(system, schedule, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Stopped;
        }
        finally
        {
            if (!options.KeepsData)
            {
                KeepLogs();
                Delete(folders);
            }
        }
    }

    private async Task<int> RunAsync(RunningSystem system, IReadOnlyList<PlannedFault> schedule, CancellationToken cancellationToken)
    {
        var operations = new OperationLog(options.Seed);
        var load = new LoadRun(new Client(system, operations, time), new Requests(new Random(options.Seed), time), time);
        var sources = await SourcesAsync(system, cancellationToken);
        await load.PrepareAsync(cancellationToken);
        Say("load begins");
        var began = time.GetUtcNow();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = load.RunAsync(options.PerSecond, ending.Token, cancellationToken);
        var faults = new FaultRun(new FaultStage(options.Seed, system, operations), time, Say);
        var reports = await faults.RunAsync(schedule, began, cancellationToken);
        await UntilAsync(began + options.Length, cancellationToken);
        var faultsEnded = reports.Count > 0 ? reports.Max(report => report.Ended) : time.GetUtcNow();
        await ending.CancelAsync();
        await loading;
        Say($"load ended, {load.Unanswered} requests are sent again until they are answered");
        var (seconds, left) = await RecoverAsync(system, load, faultsEnded, cancellationToken);
        var last = reports.MaxBy(report => report.Ended)?.Fault;
        Say(left is null
            ? $"recovered {seconds:0.0} s after the end of #{last?.Number} {last?.Kind}"
            : $"not recovered after {seconds:0} s: {left}");

        var history = new History(options.Seed, began, faultsEnded, operations.All, reports);
        await HistoryFile.WriteAsync(Path.Combine(_folder, "history.jsonl"), history, cancellationToken);
        Print(history);
        return await ConcludeAsync(history, sources, seconds, left, cancellationToken);
    }

    private static async Task<EvidenceSources> SourcesAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in EvidenceReader.Databases.Append(Topology.Kafka))
        {
            addresses.Add(name, await system.ConnectionStringAsync(name, cancellationToken));
        }

        return new EvidenceSources(
            addresses, system.MailFolder, await EvidenceReader.ReadStockAsync(addresses["inventorydb"], cancellationToken));
    }

    private async Task<(double Seconds, string? Left)> RecoverAsync(
        RunningSystem system, LoadRun load, DateTimeOffset faultsEnded, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(RecoveryBound);
        await load.RepeatAsync(bound.Token);

        // What is asked for last has as much time as what the last fault kept from being done.
        var recovery = new Recovery(system, time);
        var left = await recovery.AwaitAsync(time.GetUtcNow() + RecoveryBound, cancellationToken);
        Say($"the last thing left to do was: {recovery.Last}");
        var unanswered = load.Unanswered == 0 ? null : $"{load.Unanswered} requests were not answered";
        return (
            (time.GetUtcNow() - faultsEnded).TotalSeconds,
            left is null ? unanswered : unanswered is null ? left : $"{unanswered}; {left}");
    }

    private async Task<int> ConcludeAsync(
        History history, EvidenceSources sources, double seconds, string? left, CancellationToken cancellationToken)
    {
        var idle = history.Faults.GroupBy(report => report.Fault.Kind).Where(kind => !kind.Any(report => report.TookEffect))
            .Select(kind => kind.Key).ToList();
        if (idle.Count > 0)
        {
            Console.WriteLine($"Nobody noticed: {string.Join(", ", idle)}. A fault that nobody notices proves nothing.");
        }

        var anomalies = await CheckAsync(history, sources, cancellationToken);
        await NoteAsync(history, seconds, left, anomalies?.Count, cancellationToken);
        Console.WriteLine($"The same schedule again: {options.Replay(FaultCatalogue.Kinds)}");
        Console.WriteLine($"History, schedule and logs: {_folder}");
        return anomalies is null ? NotChecked : anomalies.Count == 0 && left is null && idle.Count == 0 ? Sound : Unsound;
    }

    /// <summary>Null if the system could not be read.</summary>
    private async Task<IReadOnlyList<Anomaly>?> CheckAsync(History history, EvidenceSources sources, CancellationToken cancellationToken)
    {
        SystemEvidence evidence;
        try
        {
            evidence = await EvidenceReader.ReadAsync(sources, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KafkaException or NpgsqlException or IOException)
        {
            Console.WriteLine($"Nothing was checked: {exception.Message}");
            return null;
        }

        var anomalies = Checker.Check(history, evidence);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "anomalies.txt"), anomalies.SelectMany(Lines), cancellationToken);
        foreach (var rule in anomalies.GroupBy(anomaly => anomaly.Rule))
        {
            Console.WriteLine($"{rule.Key} ({rule.First().Law}): {rule.Count()}");
        }

        foreach (var line in anomalies.Take(MostShown).SelectMany(Lines))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(anomalies.Count == 0 ? $"No anomaly by {Checker.Rules.Count} rules." : $"{anomalies.Count} anomalies.");
        return anomalies;
    }

    private static IEnumerable<string> Lines(Anomaly anomaly) =>
        anomaly.History.Select(line => $"    {line}").Prepend($"{anomaly.Law} {anomaly.Rule}: {anomaly.What}");

    private async Task NoteAsync(History history, double seconds, string? left, int? anomalies, CancellationToken cancellationToken)
    {
        var file = Path.Combine(ArtifactsFolder, "chaos", "runs.tsv");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(
                file, "date\tcommit\tseed\tseconds\tfaults\toperations\torders\trecovery\tanomalies\n", cancellationToken);
        }

        var orders = history.Operations.Where(operation => operation is { Kind: OperationKind.Place, Outcome: Outcome.Ok }).Count();
        await File.AppendAllTextAsync(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{history.Began:yyyy-MM-ddTHH:mm:ssZ}\t{Commit()}\t{history.Seed}\t{options.Length.TotalSeconds:0}\t"
                + $"{history.Faults.Count}\t{history.Operations.Count}\t{orders}\t{(left is null ? $"{seconds:0.0}" : "never")}\t"
                + $"{anomalies?.ToString(CultureInfo.InvariantCulture) ?? "-"}\n"),
            cancellationToken);
    }

    private static void Print(History history)
    {
        Console.Write(ScheduleTable.Of(history.Faults));
        foreach (var kind in history.Operations.GroupBy(operation => operation.Kind).OrderBy(kind => kind.Key))
        {
            Console.WriteLine(
                $"{kind.Key,-9} {kind.Count(),6}: {kind.Count(o => o.Outcome == Outcome.Ok)} ok, "
                + $"{kind.Count(o => o.Outcome == Outcome.Failed)} failed, {kind.Count(o => o.Outcome == Outcome.Unknown)} unknown");
        }
    }

    // Whoever has no git has no commit to name.
    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = ArtifactsFolder,
            })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? commit : "-";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "-";
        }
    }

    private void KeepLogs()
    {
        var (from, to) = (Path.Combine(DataFolder, "logs"), Path.Combine(_folder, "logs"));
        Delete([to]);
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
    }

    private static void Delete(IEnumerable<string> folders)
    {
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Say(string what) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:0.0} s  {what}"));

    private async Task UntilAsync(DateTimeOffset then, CancellationToken cancellationToken)
    {
        if (then - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }
}
