using System.Globalization;
using Confluent.Kafka;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Deployments;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Load;
using EventDriven.Chaos.Recoveries;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Samples;
using EventDriven.Chaos.Schedules;
using Npgsql;

namespace EventDriven.Chaos;

/// <summary>One run: the application under a load and under faults, its recovery, and the check of what it has done.</summary>
internal sealed class ChaosRun(ChaosOptions options, TimeProvider time)
{
    private static readonly TimeSpan RecoveryBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RestBound = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<PlannedFault> _schedule = options.Schedule();
    private string _doing = "starting the application";

    /// <summary>The folder of all seeds. The program stands in <c>artifacts/bin/EventDriven.Chaos/release</c>.</summary>
    public static string RunsFolder => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "chaos"));

    /// <summary>The list of all runs.</summary>
    public static string RunsFile => Path.Combine(RunsFolder, "runs.tsv");

    /// <summary>How the last run with such options ended; null if there was none.</summary>
    public static StoredVerdict? Last(ChaosOptions options)
    {
        using var folder = SeedFolder.TryTake(RunsFolder, options.Seed, options.Only);
        return folder is not null && StoredVerdict.Read(folder.File(StoredVerdict.FileName)) is { } stored
            && stored.Command == options.Replay() ? stored : null;
    }

    /// <summary>Runs it, prints what it has shown, and adds it to the lists of runs.</summary>
    public async Task<RunOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = SeedFolder.TryTake(RunsFolder, options.Seed, options.Only);
        if (folder is null)
        {
            await Console.Error.WriteLineAsync($"Another run has seed {options.Seed} now. Wait for its end, or take another seed.");
            return new RunOutcome(Verdict.Taken);
        }

        var began = time.GetUtcNow();
        var outcome = await TryRunAsync(folder, cancellationToken);
        Clean(folder);
        outcome = outcome with { Record = outcome.ToRecord(began, SourceCommit.Of(RunsFolder, options.Results), options) };
        await Campaigns.RunsFile.AppendAsync(RunsFile, outcome.Record);
        if (options.Results is { } results && !outcome.Record.IsStopped)
        {
            await Campaigns.RunsFile.AppendAsync(results, outcome.Record);
        }

        var ending = new StoredVerdict(outcome.Verdict.Line, options.Replay(), outcome.Signs);
        await ending.WriteAsync(folder.File(StoredVerdict.FileName), CancellationToken.None);
        Console.WriteLine($"The same schedule again: {options.Replay()}");
        Console.WriteLine($"History, schedule and logs: {folder.Path}");
        Console.WriteLine(outcome.Verdict.Line);
        return outcome;
    }

    private async Task<RunOutcome> TryRunAsync(SeedFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            folder.Clear();
            var report = new RunReport(folder);
            var names = options.KeepsNames ? ", instances keep their names in groups" : ", instances have no names in groups";
            await report.AnnounceAsync(
                $"{options.Replay()}: {_schedule.Count} faults{(options.Deployment is null ? names : "")}", _schedule, cancellationToken);
            return options.Deployment is { } deployment
                ? await RunDeployedAsync(report, deployment, cancellationToken)
                : await RunOwnAsync(report, folder.Data, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new RunOutcome(Verdict.Stopped);
        }
        catch (Exception exception)
        {
            await File.WriteAllTextAsync(folder.File("failure.txt"), $"{exception}\n", CancellationToken.None);
            return new RunOutcome(Verdict.BrokenOff(_doing, exception));
        }
    }

    private async Task<RunOutcome> RunOwnAsync(RunReport report, string data, CancellationToken cancellationToken)
    {
        report.Say(_doing);
        using var disks = SmallDisks.Mount(data, FaultCatalogue.FullDisks(_schedule));
        await using var system = await RunningSystem.StartAsync(data, disks, options.Brokers, options.KeepsNames, cancellationToken);
        return await RunAsync(report, system, system, cancellationToken);
    }

    private async Task<RunOutcome> RunDeployedAsync(RunReport report, DeploymentFile deployment, CancellationToken cancellationToken)
    {
        _doing = "looking at the deployment";
        using var application = new DeployedApplication(deployment);
        return await new Recovery(application, time).AwaitAsync(time.GetUtcNow() + RestBound, () => 0, cancellationToken) is { } left
            ? throw new InvalidOperationException($"it is not at rest, so that nothing could be told from what it does under load: {left}")
            : await RunAsync(report, application, own: null, cancellationToken);
    }

    private void Clean(SeedFolder folder)
    {
        if (options.KeepsData)
        {
            return;
        }

        try
        {
            folder.KeepLogs();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"The servers' data could not be deleted: {exception.Message}");
        }
    }

    /// <param name="report">Where the run is told.</param>
    /// <param name="application">The application.</param>
    /// <param name="own">The same, when the rig has started it: only then are there processes to look into, and an operator.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task<RunOutcome> RunAsync(
        RunReport report, IApplication application, RunningSystem? own, CancellationToken cancellationToken)
    {
        var operations = new OperationLog(options.Seed);
        var requests = new Requests(new Random(options.Seed), time) { Waits = options.Repeats is null };
        var load = new LoadRun(new Client(application.Http, application.WebhookSecret, operations, time), requests, time);
        var sources = await SourcesAsync(application, cancellationToken);
        var began = time.GetUtcNow();
        await load.PrepareAsync(cancellationToken);
        report.Say("load begins");
        _doing = "load and faults";
        var loadBegan = time.GetUtcNow();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampler = own is null ? null : new Sampler(own, operations, time);
        var lags = new LagWatch(application, time);
        using var mails = application.MailFolder is { } mailFolder ? new MailWatch(mailFolder, time) : null;
        var beside = Task.WhenAll(
            lags.RunAsync(ending.Token),
            load.RunAsync(options.PerSecond, ending.Token, cancellationToken),
            sampler?.RunAsync(ending.Token) ?? Task.CompletedTask,
            OperateAsync(own, operations, report, ending.Token));
        IReadOnlyList<FaultReport> reports;
        IReadOnlyList<MeasuredFault> measured = [];
        try
        {
            var faults = new FaultRun(options.Kinds, Maker(own, operations), time, report.Say);
            (reports, measured) = options.Repeats is null
                ? (await faults.RunAsync(_schedule, loadBegan, cancellationToken), measured)
                : await new RecoveryMeter(application, operations, time).MeasureAsync(_schedule, faults, report.Say, cancellationToken);
            await time.UntilAsync(loadBegan + options.Length, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await beside;
        }

        var loadEnded = time.GetUtcNow();
        var last = reports.MaxBy(fault => fault.Ended);
        var faultsEnded = last?.Ended ?? loadEnded;
        var quiet = faultsEnded > loadEnded ? faultsEnded : loadEnded;
        report.Say($"load ended, {load.Unanswered} requests are sent again until they are answered");
        var (seconds, left) = await RecoverAsync(application, load, quiet, report, cancellationToken);
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{(left is null ? "recovered" : "not recovered")} {seconds:0.0} s after the end of load and faults")
            + (last is null ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"; #{last.Fault.Number} {last.Fault.Kind} was over {(quiet - faultsEnded).TotalSeconds:0.0} s before that")));

        _doing = "checking";
        if (mails is { HasMissed: true })
        {
            report.Say("more mails were sent at once than could be watched: whether one was sent twice without a reason is not checked");
        }

        var history = new History(options.Seed, began, faultsEnded, operations.All, reports)
        {
            Lags = lags.Readings,
            Mails = mails is { HasMissed: false } ? mails.Seen : [],
        };
        await report.WriteAsync(history, cancellationToken);
        var evidence = await ReadAsync(sources, cancellationToken);
        var anomalies = evidence is null ? null : await CheckAsync(history, evidence, report, cancellationToken);
        if (evidence is not null && measured.Count > 0)
        {
            await report.WriteAsync(measured, evidence, cancellationToken);
        }

        var growing = sampler is null ? [] : await CompareAsync(sampler, loadEnded - loadBegan, report, cancellationToken);
        var areNamed = options.AreNamed && options.Only is null;
        var idle = Verdict.Idle(areNamed ? options.Kinds.Select(kind => kind.Name) : [], _schedule, reports);

        // Of all kinds, one may meet a server that another has just taken away: then other runs have to show it. A command has failed.
        var unproven = areNamed || options.Deployment is not null ? idle : [];
        double? recovery = left is null ? seconds : null;
        return new RunOutcome(Verdict.Of(recovery, unproven, RunOutcome.Orders(history), anomalies?.Count, growing))
        {
            History = history,
            Recovery = recovery,
            Anomalies = anomalies?.Count,
            Rules = [.. (anomalies ?? []).Select(anomaly => anomaly.Rule).Distinct(StringComparer.Ordinal)],
            Idle = idle,
        };
    }

    private Func<PlannedFault, IFault> Maker(RunningSystem? own, OperationLog operations)
    {
        if (own is null)
        {
            return options.Deployment!.Create;
        }

        var stage = new FaultStage(options.Seed, own, operations)
        {
            Former = options.Former is { } former ? new FormerVersion(former) : null,
        };
        return fault => FaultCatalogue.Create(fault, stage);
    }

    // A deployment has operators of its own. While recovery is measured, groups that an operator has stopped would be taken for such that
    // have not recovered.
    private Task OperateAsync(RunningSystem? own, OperationLog operations, RunReport report, CancellationToken ending) =>
        own is not null && options.Repeats is null
        ? new OperatorRun(own, operations, new Random(unchecked(options.Seed * 31)), time, report.Say).RunAsync(ending)
        : Task.CompletedTask;

    private static async Task<EvidenceSources> SourcesAsync(IApplication application, CancellationToken cancellationToken)
    {
        var addresses = await EvidenceReader.ConnectionStringsAsync(name => application.ConnectionStringAsync(name, cancellationToken));
        return new EvidenceSources(
            addresses, application.MailFolder, await EvidenceReader.ReadStockAsync(addresses["inventorydb"], cancellationToken));
    }

    /// <summary>Sends what is unanswered again while the application recovers; both have the same time, from when all was quiet.</summary>
    private async Task<(double Seconds, string? Left)> RecoverAsync(
        IApplication application, LoadRun load, DateTimeOffset quiet, RunReport report, CancellationToken cancellationToken)
    {
        var deadline = quiet
            + (options.Deployment is { } deployment ? TimeSpan.FromSeconds(deployment.RecoverySeconds) : RecoveryBound);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Positive(deadline - time.GetUtcNow()));
        var repeating = load.RepeatAsync(bound.Token);
        var recovery = new Recovery(application, time);
        string? left;
        try
        {
            left = await recovery.AwaitAsync(deadline, () => load.Unanswered, cancellationToken);
        }
        finally
        {
            await bound.CancelAsync();
            await repeating;
        }

        var seconds = (time.GetUtcNow() - quiet).TotalSeconds;
        report.Say($"the last thing left to do was: {recovery.Last}");
        return (seconds, left);
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    /// <summary>Null if the system could not be read.</summary>
    private static async Task<SystemEvidence?> ReadAsync(EvidenceSources sources, CancellationToken cancellationToken)
    {
        try
        {
            return await EvidenceReader.ReadAsync(sources, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KafkaException or NpgsqlException or IOException)
        {
            Console.WriteLine($"Nothing was checked: {exception.Message}");
            return null;
        }
    }

    private async Task<IReadOnlyList<Anomaly>> CheckAsync(
        History history, SystemEvidence evidence, RunReport report, CancellationToken cancellationToken)
    {
        var anomalies = Checker.Check(history, evidence);
        if (options.Deployment is not null)
        {
            var all = anomalies.Count;
            anomalies = OwnAnomalies.Of(anomalies, history.Operations);
            Console.WriteLine($"{all - anomalies.Count} anomalies name no order and no customer of this run, and don't count.");
        }

        await report.WriteAsync(anomalies, cancellationToken);
        return anomalies;
    }

    /// <summary>What grew all the time, in a run that was long enough to tell.</summary>
    private static async Task<IReadOnlyList<string>> CompareAsync(
        Sampler sampler, TimeSpan length, RunReport report, CancellationToken cancellationToken)
    {
        await sampler.SampleAsync(cancellationToken);
        await report.WriteAsync(sampler.Samples, length >= Growth.ShortestRun, cancellationToken);
        return Growth.Of(sampler.Samples, length);
    }
}
