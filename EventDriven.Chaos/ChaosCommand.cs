using System.CommandLine;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos;

/// <summary><c>./chaos.sh [--seed S] [--minutes M] [--faults a,b]</c>.</summary>
internal static class ChaosCommand
{
    // Faults are undone, services and servers stop one after the other.
    private static readonly TimeSpan StopBound = TimeSpan.FromMinutes(3);

    public static Task<int> RunAsync(string[] arguments)
    {
        var known = new ChaosArguments();
        known.Root.SetAction((parsed, cancellationToken) => RunAsync(known, parsed, cancellationToken));
        var usage = known.Root.Parse(arguments);
        return usage.Errors.Count > 0
            ? UsageAsync(usage)
            : usage.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopBound });
    }

    private static async Task<int> UsageAsync(ParseResult usage)
    {
        await usage.InvokeAsync();
        return Verdict.UsageError;
    }

    private static async Task<int> RunAsync(ChaosArguments arguments, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (arguments.Unknown(parsed) is { Count: > 0 } unknown)
        {
            await Console.Error.WriteLineAsync($"--faults: there is no {string.Join(", ", unknown)}. --list shows the kinds.");
            return Verdict.UsageError;
        }

        var options = arguments.Read(parsed);
        if (arguments.Lists(parsed))
        {
            Console.Write(ScheduleTable.Of(arguments.Kinds(parsed)));
            return Verdict.Sound;
        }

        if (arguments.CoverageOf(parsed) is { } runs)
        {
            return await ShowCoverageAsync(runs, options);
        }

        if (arguments.Scenario(parsed) is { } scenario)
        {
            return await RunScenarioAsync(scenario, options, cancellationToken);
        }

        if (Refusal(options) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return Verdict.UsageError;
        }

        if (arguments.ShowsSchedule(parsed))
        {
            Console.WriteLine($"Seed {options.Seed}: {options.Replay()}");
            Console.Write(ScheduleTable.Of(options.Schedule()));
            return Verdict.Sound;
        }

        if (options.Deployment is null && Missing() is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return Verdict.UsageError;
        }

        if (arguments.Runs(parsed) is { } count)
        {
            return await new Campaign(options, count, TimeProvider.System).RunAsync(cancellationToken);
        }

        if (arguments.Tries(parsed) is { } tries)
        {
            return await new ShortestSchedule(options, tries, TimeProvider.System).SearchAsync(cancellationToken);
        }

        return (await new ChaosRun(options, TimeProvider.System).RunAsync(cancellationToken)).Verdict.ExitCode;
    }

    private static async Task<int> RunScenarioAsync(string scenario, ChaosOptions options, CancellationToken cancellationToken)
    {
        if (Missing() is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return Verdict.UsageError;
        }

        return (await new ScenarioRun(scenario, options, TimeProvider.System).RunAsync(cancellationToken)).ExitCode;
    }

    private static async Task<int> ShowCoverageAsync(string file, ChaosOptions options)
    {
        try
        {
            return Campaign.Print(RunsFile.Read(file), options, isStopped: false);
        }
        catch (InvalidDataException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Verdict.UsageError;
        }
    }

    /// <summary>Why a schedule can't be; null if it can.</summary>
    private static string? Refusal(ChaosOptions options)
    {
        var all = (options with { Only = null }).Schedule();
        if (options is { Deployment.Faults.Count: 0, Only: null })
        {
            // Load alone, and the check of what it has left.
            return null;
        }

        if (all.Count == 0)
        {
            var shortest = Schedule.ShortestLength(options.Seed, options.Kinds);
            if (options.Every is not null)
            {
                return $"No fault fits in {options.Length.TotalSeconds:0} s with --every {options.Every.Value.TotalSeconds:0}.";
            }

            return $"No fault fits in {options.Length.TotalSeconds:0} s: with this seed and these kinds it takes --seconds "
                + $"{shortest.TotalSeconds:0} at least.";
        }

        return options.Only?.FirstOrDefault(number => number > all.Count) is > 0 and var unknown
            ? $"--only: there is no fault {unknown}. This schedule has {all.Count}; --schedule-only shows them."
            : null;
    }

    /// <summary>What this machine lacks; null if nothing.</summary>
    private static string? Missing()
    {
        if (Environment.GetEnvironmentVariable("KAFKA_HOME") is not { Length: > 0 })
        {
            return "Faults need Apache Kafka; the emulator keeps its log in memory. Set KAFKA_HOME to the folder of its download.";
        }

        if (!OperatingSystem.IsLinux())
        {
            return "Faults are signals to processes, which the rig finds in /proc: it runs on Linux.";
        }

        return RunsFile.Refusal(ChaosRun.RunsFile) is { } refusal && File.Exists(ChaosRun.RunsFile) ? refusal : null;
    }
}
