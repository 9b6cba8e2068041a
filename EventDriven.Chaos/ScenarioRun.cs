using System.Globalization;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Scenarios;
using EventDriven.Hosting.Services;

namespace EventDriven.Chaos;

/// <summary>One scenario on an application of its own (<c>./chaos.sh --scenario NAME</c>): what it has measured, and the check.</summary>
internal sealed class ScenarioRun(string scenario, ChaosOptions options, TimeProvider time)
{
    private const string RollingUpdate = "rolling-update";
    private const string Scale = "scale";
    private const int PerSecond = 20;
    private const int PerSecondBefore = 5;

    private static readonly string[] Services = ["checkout", "inventory", "notifications"];

    // What there is to begin with is one instance of each service; of Notifications, it is the scenario's.
    private static readonly string[] Second = ["checkout-2", "inventory-2", "notifications-2"];
    private static readonly string[] ScenariosOwn = ["notifications"];

    // What the rig has inside of an instance is that instance's own.
    private static readonly string[] OfOneInstance = ["DOTNET_STARTUP_HOOKS"];

    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<string> Names { get; } = [RollingUpdate, Scale];

    /// <summary>Runs it, and prints what it has shown.</summary>
    public async Task<Verdict> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = SeedFolder.TryTake(ChaosRun.RunsFolder, options.Seed);
        if (folder is null)
        {
            return Verdict.Taken;
        }

        folder.Clear();
        var verdict = await TryRunAsync(folder, new RunReport(folder), cancellationToken);
        folder.KeepLogs();
        Console.WriteLine($"Logs: {folder.Path}");
        Console.WriteLine(verdict.Line);
        return verdict;
    }

    private async Task<Verdict> TryRunAsync(SeedFolder folder, RunReport report, CancellationToken cancellationToken)
    {
        try
        {
            report.Say("starting the application");
            using var disks = SmallDisks.Mount(folder.Data, []);
            await using var system = await RunningSystem.StartAsync(folder.Data, disks, brokers: 1, keepsNames: false, cancellationToken);
            var application = await ApplicationAsync(system, cancellationToken);
            await Task.WhenAll(Second.Concat(scenario == Scale ? ScenariosOwn : []).Select(
                instance => system.Processes.StopAsync(instance, cancellationToken)));
            var (orders, found) = scenario == Scale
                ? await ScaleAsync(application, report, cancellationToken)
                : await UpdateAsync(application, report, cancellationToken);
            foreach (var line in found.Take(RunReport.MostShown))
            {
                Console.WriteLine($"    {line}");
            }

            return found.Count == 0
                ? new Verdict(Verdict.Sound, string.Create(CultureInfo.InvariantCulture, $"SOUND: {orders} orders, no anomaly"))
                : new Verdict(Verdict.Unsound, string.Create(CultureInfo.InvariantCulture, $"FAILED: {found.Count} findings"));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Verdict.Stopped;
        }
        catch (Exception exception)
        {
            await File.WriteAllTextAsync(folder.File("failure.txt"), $"{exception}\n", CancellationToken.None);
            return Verdict.BrokenOff(scenario, exception);
        }
    }

    private async Task<(int Orders, IReadOnlyList<string> Found)> UpdateAsync(
        ScaledApplication application, RunReport report, CancellationToken cancellationToken)
    {
        Func<string, string> former = options.Former is { } programs ? new FormerVersion(programs).Program : BuildOutput.Service;
        var shown = await new RollingUpdateScenario(application, former, BuildOutput.Service, time, report.Say)
            .RunAsync(PerSecond, cancellationToken);
        return (shown.Orders, [.. shown.Lost, .. shown.Failures, .. shown.Anomalies]);
    }

    private async Task<(int Orders, IReadOnlyList<string> Found)> ScaleAsync(
        ScaledApplication application, RunReport report, CancellationToken cancellationToken)
    {
        var shown = await new ScaleScenario(application, BuildOutput.Service, time, report.Say)
            .RunAsync(PerSecondBefore, cancellationToken);
        return (shown.Orders, [.. shown.Failures, .. shown.Anomalies]);
    }

    private static async Task<ScaledApplication> ApplicationAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        return new ScaledApplication(
            Services.ToDictionary(
                service => service,
                IReadOnlyDictionary<string, string> (service) => system.Launch(service).Environment
                    .Where(variable => !OfOneInstance.Contains(variable.Key)).ToDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal),
            system.Address,
            await EvidenceReader.ConnectionStringsAsync(name => system.ConnectionStringAsync(name, cancellationToken)),
            system.Token,
            system.WebhookSecret,
            system.MailFolder,
            Path.GetDirectoryName(system.LogFile("checkout"))!);
    }
}
