using System.CommandLine;
using System.Security.Cryptography;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos;

/// <summary><c>./chaos.sh [--seed S] [--minutes M] [--faults a,b]</c>.</summary>
internal static class ChaosCommand
{
    private const int MostSeconds = 24 * 60 * 60;

    // Faults are undone, services and servers stop one after the other.
    private static readonly TimeSpan StopBound = TimeSpan.FromMinutes(3);

    public static Task<int> RunAsync(string[] arguments)
    {
        var seed = new Option<int?>("--seed") { Description = "Decides which faults happen when; random without it, and printed." };
        var seconds = new Option<int?>("--seconds") { Description = "How long load and faults last." };
        var minutes = new Option<int?>("--minutes") { Description = "How long load and faults last; 3 minutes by default." };
        var rate = new Option<int>("--rate") { Description = "Requests a second.", DefaultValueFactory = _ => 30 };
        var faults = new Option<string?>("--faults") { Description = "Kinds of faults, separated by commas; all of them by default." };
        var former = new Option<string?>("--former")
        {
            Description = "The programs of the former version, such as its artifacts/bin: then rolling-update is a kind of fault.",
        };
        var list = new Option<bool>("--list") { Description = "Shows the kinds of faults, and ends." };
        var scheduleOnly = new Option<bool>("--schedule-only") { Description = "Shows the seed's schedule, and ends." };
        var keep = new Option<bool>("--keep") { Description = "Keeps the servers' data." };
        Bounded(seconds, 1, MostSeconds);
        Bounded(minutes, 1, MostSeconds / 60);
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000)
            {
                result.AddError("--rate is a number of requests a second, 1 to 1000.");
            }
        });
        faults.Validators.Add(result =>
        {
            var unknown = Names(result.GetValueOrDefault<string?>()).Except(FaultCatalogue.Kinds.Select(kind => kind.Name)).ToList();
            if (unknown.Count > 0)
            {
                result.AddError($"--faults: there is no {string.Join(", ", unknown)}. --list shows the kinds.");
            }
        });
        var command = new RootCommand(
            "Runs the whole application under a load and under faults, waits until it has recovered, and checks what it has done.")
        {
            seed, seconds, minutes, rate, faults, former, list, scheduleOnly, keep,
        };
        command.Validators.Add(result =>
        {
            if (Names(result.GetValue(faults)).Contains(FaultCatalogue.NeedsFormer) && result.GetValue(former) is null)
            {
                result.AddError($"{FaultCatalogue.NeedsFormer} needs the former version's programs: {FormerVersion.HowTo}.");
            }

            if (result.GetValue(former) is { } folder && FormerVersion.Missing(folder, FormerVersion.Projects) is { Count: > 0 } missing)
            {
                result.AddError($"--former {folder} has no release build of {string.Join(", ", missing)}: {FormerVersion.HowTo}.");
            }

            if (result.GetResult(seconds) is not null && result.GetResult(minutes) is not null)
            {
                result.AddError("--seconds or --minutes says how long the run lasts, not both.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var names = Names(parsed.GetValue(faults));
            var length = parsed.GetValue(seconds) is { } asked ? TimeSpan.FromSeconds(asked)
                : TimeSpan.FromMinutes(parsed.GetValue(minutes) ?? 3);
            var options = new ChaosOptions(
                parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(1, 1_000_000),
                length,
                [.. FaultCatalogue.Kinds.Where(kind => names.Count > 0 ? names.Contains(kind.Name)
                    : kind.Name != FaultCatalogue.NeedsFormer || parsed.GetValue(former) is not null)],
                parsed.GetValue(rate),
                parsed.GetValue(keep))
            {
                AreNamed = names.Count > 0,
                Former = parsed.GetValue(former),
            };
            return RunAsync(options, parsed.GetValue(list), parsed.GetValue(scheduleOnly), cancellationToken);
        });
        var usage = command.Parse(arguments);
        return usage.Errors.Count > 0
            ? UsageAsync(usage)
            : usage.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopBound });
    }

    private static async Task<int> UsageAsync(ParseResult usage)
    {
        await usage.InvokeAsync();
        return Verdict.UsageError;
    }

    private static async Task<int> RunAsync(ChaosOptions options, bool lists, bool showsOnly, CancellationToken cancellationToken)
    {
        if (lists)
        {
            Console.Write(ScheduleTable.Of(FaultCatalogue.Kinds));
            return 0;
        }

        var schedule = Schedule.Of(options.Seed, options.Length, options.Kinds);
        if (schedule.Count == 0)
        {
            var shortest = Schedule.ShortestLength(options.Seed, options.Kinds);
            await Console.Error.WriteLineAsync(
                $"No fault fits in {options.Length.TotalSeconds:0} s: with this seed and these kinds it takes --seconds "
                + $"{shortest.TotalSeconds:0} at least.");
            return Verdict.UsageError;
        }

        if (showsOnly)
        {
            Console.WriteLine($"Seed {options.Seed}: {options.Replay()}");
            Console.Write(ScheduleTable.Of(schedule));
            return 0;
        }

        if (Environment.GetEnvironmentVariable("KAFKA_HOME") is not { Length: > 0 })
        {
            await Console.Error.WriteLineAsync(
                "Faults need Apache Kafka; the emulator keeps its log in memory. Set KAFKA_HOME to the folder of its download.");
            return Verdict.UsageError;
        }

        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("Faults are signals to processes, which the rig finds in /proc: it runs on Linux.");
            return Verdict.UsageError;
        }

        return await new ChaosRun(options, schedule, TimeProvider.System).RunAsync(cancellationToken);
    }

    private static HashSet<string> Names(string? faults) =>
        (faults ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    private static void Bounded(Option<int?> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
        {
            result.AddError($"{option.Name} is a number from {least} to {most}.");
        }
    });
}
