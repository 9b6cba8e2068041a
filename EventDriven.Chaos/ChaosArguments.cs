using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using EventDriven.Chaos.Campaigns;
using EventDriven.Chaos.Deployments;
using EventDriven.Chaos.Faults.Catalogue;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos;

/// <summary>The options of <c>./chaos.sh</c>.</summary>
internal sealed class ChaosArguments
{
    private const int MostSeconds = 24 * 60 * 60;
    private const int MostRuns = 10_000;
    private const int MostTries = 1_000;
    private const int MostRepeats = 100;

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Decides which faults happen when; random without it, and printed.",
    };

    private readonly Option<int?> _seconds = new("--seconds") { Description = "How long load and faults last." };
    private readonly Option<int?> _minutes = new("--minutes") { Description = "How long load and faults last; 3 minutes by default." };
    private readonly Option<int> _rate = new("--rate") { Description = "Requests a second.", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _brokers = new("--brokers")
    {
        Description = "Brokers of Kafka: 1, or 3 with every partition on each of them.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _faults = new("--faults")
    {
        Description = "Kinds of faults, separated by commas; all of them by default.",
    };

    private readonly Option<string?> _former = new("--former")
    {
        Description = "The programs of the former version, such as its artifacts/bin: then rolling-update is a kind of fault.",
    };

    private readonly Option<DeploymentFile?> _deployment = new("--deployment")
    {
        Description = "A file that describes a deployment of your own and the faults that can happen to it, instead of an application "
            + "that is started for the run.",
        CustomParser = ReadDeployment,
    };

    private readonly Option<string?> _only = new("--only")
    {
        Description = "The faults of the schedule that happen, by their numbers, separated by commas; all of them by default.",
    };

    private readonly Option<string?> _results = new("--results")
    {
        Description = "A file to which a line is added for each run, unless it is stopped.",
    };

    private readonly Option<int?> _campaign = new("--campaign")
    {
        Description = "So many runs one after the other, with seeds that follow each other; then what they have covered.",
    };

    private readonly Option<bool> _shrink = new("--shrink")
    {
        Description = "When the run fails, or failed the last time, searches for fewer faults of its schedule with which it still does.",
    };

    private readonly Option<int> _tries = new("--tries") { Description = "Runs of --shrink at most.", DefaultValueFactory = _ => 12 };
    private readonly Option<int?> _every = new("--every")
    {
        Description = "One fault at a time, with so many seconds between their beginnings on average. Without it faults overlap.",
    };

    private readonly Option<bool> _recovery = new("--recovery")
    {
        Description = "Measures how long recovery takes from each kind of fault, one fault at a time.",
    };

    private readonly Option<int> _repeat = new("--repeat")
    {
        Description = "How often --recovery measures each kind.",
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = $"What is shown without faults: {string.Join(" or ", ScenarioRun.Names)}.",
    };

    private readonly Option<string?> _coverage = new("--coverage")
    {
        Description = "Shows what the runs in a file have covered, and ends.",
    };

    private readonly Option<bool> _list = new("--list") { Description = "Shows the kinds of faults, and ends." };
    private readonly Option<bool> _scheduleOnly = new("--schedule-only") { Description = "Shows the seed's schedule, and ends." };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keeps the servers' data." };

    public ChaosArguments()
    {
        Bounded(_seconds, 1, MostSeconds);
        Bounded(_minutes, 1, MostSeconds / 60);
        Bounded(_campaign, 1, MostRuns);
        Bounded(_tries, 1, MostTries);
        Bounded(_rate, 1, 1_000);
        Bounded(_every, 1, MostSeconds);
        Bounded(_repeat, 1, MostRepeats);
        _brokers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (1 or Topology.MostBrokers))
            {
                result.AddError($"{_brokers.Name} is 1 or {Topology.MostBrokers}.");
            }
        });
        Checked(_former, folder => FormerVersion.Missing(folder, FormerVersion.Projects) is { Count: > 0 } missing
            ? $"--former {folder} has no release build of {string.Join(", ", missing)}: {FormerVersion.HowTo}."
            : null);
        Checked(_only, numbers => Names(numbers) is { Count: > 0 } all && all.All(number => int.TryParse(number, out var n) && n > 0)
            ? null
            : "--only has numbers of faults, such as 3,7. --schedule-only shows them.");
        Checked(_results, RunsFile.Refusal);
        Checked(_scenario, name => ScenarioRun.Names.Contains(name) ? null : $"--scenario is {string.Join(" or ", ScenarioRun.Names)}.");
        Checked(_coverage, file => File.Exists(file) ? RunsFile.Refusal(file) : $"{file} does not exist.");
        Root = new RootCommand(
            "Runs the whole application under a load and under faults, waits until it has recovered, and checks what it has done.")
        {
            _seed, _seconds, _minutes, _rate, _brokers, _faults, _former, _deployment, _every, _only, _results, _campaign, _shrink, _tries,
            _coverage, _recovery, _repeat, _scenario, _list, _scheduleOnly, _keep,
        };
        Root.Validators.Add(result =>
        {
            if (Names(result.GetValue(_faults)).Contains(FaultCatalogue.NeedsFormer) && result.GetValue(_former) is null
                && result.GetResult(_deployment) is null)
            {
                result.AddError($"{FaultCatalogue.NeedsFormer} needs the former version's programs: {FormerVersion.HowTo}.");
            }
        });
        Apart(_seconds, _minutes, "--seconds or --minutes says how long the run lasts, not both.");
        Apart(_campaign, _only, "--only has faults of one schedule, and --campaign has many schedules.");
        Apart(_campaign, _shrink, "--shrink is for one seed. Run the seed of the campaign that failed.");
        Apart(_only, _shrink, "--shrink finds what to give to --only.");
        Apart(_only, _results, "--results is for runs of all faults.");
        foreach (var option in (Option[])[_seconds, _minutes, _every, _only, _results, _campaign, _shrink])
        {
            Apart(_recovery, option, $"--recovery has one fault after the other, and no {option.Name}.");
        }

        foreach (var option in (Option[])[_brokers, _former, _scenario, _keep, _results])
        {
            Apart(_deployment, option, $"--deployment says what there is: it takes no {option.Name}.");
        }

        Apart(_shrink, _results, "--results is for runs of all faults.");
        foreach (var option in (Option[])[_seconds, _minutes, _faults, _every, _only, _results, _campaign, _shrink, _recovery])
        {
            Apart(_scenario, option, $"--scenario has no faults, and no {option.Name}.");
        }
    }

    /// <summary>The command.</summary>
    public RootCommand Root { get; }

    /// <summary>How many runs; null for one that is no campaign.</summary>
    public int? Runs(ParseResult parsed) => parsed.GetValue(_campaign);

    /// <summary>Runs of the search for fewer faults; null if there is to be none.</summary>
    public int? Tries(ParseResult parsed) => parsed.GetValue(_shrink) ? parsed.GetValue(_tries) : null;

    /// <summary>The file of runs to be shown; null for none.</summary>
    public string? CoverageOf(ParseResult parsed) => parsed.GetValue(_coverage);

    /// <summary>The scenario that is to be shown; null for faults.</summary>
    public string? Scenario(ParseResult parsed) => parsed.GetValue(_scenario);

    /// <summary>Whether the kinds are to be shown.</summary>
    public bool Lists(ParseResult parsed) => parsed.GetValue(_list);

    /// <summary>Whether the schedule is to be shown.</summary>
    public bool ShowsSchedule(ParseResult parsed) => parsed.GetValue(_scheduleOnly);

    /// <summary>The kinds of faults that there are.</summary>
    public IReadOnlyList<FaultKind> Kinds(ParseResult parsed) => parsed.GetValue(_deployment)?.Kinds ?? FaultCatalogue.Kinds;

    /// <summary>The kinds that were asked for and don't exist.</summary>
    public IReadOnlyList<string> Unknown(ParseResult parsed) =>
        [.. Names(parsed.GetValue(_faults)).Except(Kinds(parsed).Select(kind => kind.Name))];

    /// <summary>What a run is to be like.</summary>
    public ChaosOptions Read(ParseResult parsed)
    {
        var names = Names(parsed.GetValue(_faults));
        var length = parsed.GetValue(_recovery) ? TimeSpan.Zero
            : parsed.GetValue(_seconds) is { } asked ? TimeSpan.FromSeconds(asked)
            : TimeSpan.FromMinutes(parsed.GetValue(_minutes) ?? 3);
        var deployment = parsed.GetValue(_deployment);
        return new ChaosOptions(
            parsed.GetValue(_seed) ?? RandomNumberGenerator.GetInt32(1, 1_000_000),
            length,
            [.. Kinds(parsed).Where(kind => names.Count > 0 ? names.Contains(kind.Name)
                : kind.Name != FaultCatalogue.NeedsFormer || deployment is not null || parsed.GetValue(_former) is not null)
                .Select(kind => kind.With(parsed.GetValue(_brokers)))],
            parsed.GetValue(_rate),
            parsed.GetValue(_keep))
        {
            Brokers = parsed.GetValue(_brokers),
            AreNamed = names.Count > 0,
            Former = parsed.GetValue(_former),
            Deployment = deployment,
            Every = parsed.GetValue(_every) is { } every ? TimeSpan.FromSeconds(every) : null,
            Repeats = parsed.GetValue(_recovery) ? parsed.GetValue(_repeat) : null,
            Only = parsed.GetValue(_only) is { } only
                ? [.. Names(only).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).Order()]
                : null,
            Results = parsed.GetValue(_results),
        };
    }

    // Once: it may be a pipe.
    private static DeploymentFile? ReadDeployment(ArgumentResult argument)
    {
        try
        {
            return DeploymentFile.Read(argument.Tokens.Single().Value);
        }
        catch (InvalidDataException exception)
        {
            argument.AddError($"--deployment: {exception.Message}");
            return null;
        }
    }

    private static HashSet<string> Names(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    private static void Checked(Option<string?> option, Func<string, string?> refusal) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } value && refusal(value) is { } why)
        {
            result.AddError(why);
        }
    });

    private static void Bounded<TNumber>(Option<TNumber> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<TNumber>() is int value && (value < least || value > most))
        {
            result.AddError($"{option.Name} is a number from {least} to {most}.");
        }
    });

    private void Apart(Option one, Option other, string why) => Root.Validators.Add(result =>
    {
        if (result.GetResult(one) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
        {
            result.AddError(why);
        }
    });
}
