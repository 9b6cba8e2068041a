using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters redrive</c>.</summary>
internal static class RedriveCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Everything that waits, of --group or of every group." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Waits for the outcome, and ends with 1 when something failed again or still waits." };
    private static readonly Option<double> WaitSeconds = Seconds();

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "redrive",
            "Applies dead letters again: a filter means the oldest of a key, and with it goes, in order, all that waits behind it. "
            + "Example: dead-letters redrive --group inventory --type eventdriven.orders.order-placed.v1 --wait")
        {
            AllGroups, All, Wait, WaitSeconds, Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Group) is null && !result.GetValue(AllGroups) && !result.GetValue(All) && !result.HasFilter())
            {
                result.AddError(
                    "Say what is to be redriven: --group inventory, with or without --key, --type, --reason, --topic and --offsets; or --all-groups. "
                    + $"{OperatorCommands.Name} dead-letters list shows what waits.");
            }
            else if (result.GetValue(Group) is not null || !result.GetValue(All))
            {
                RequireScope(result);
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, confirmation, cancellationToken));
        return command.TakesFilter();
    }

    private static async Task<int> RunAsync(ParseResult parsed, Confirmation confirmation, CancellationToken cancellationToken)
    {
        await using var databases = (await OpenDatabases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).NameAway();
        var desks = await DeadLetterDesks.OfAsync(databases, cancellationToken);
        var chosen = new List<(DeadLetterAdmin Desk, NpgsqlConnection Database, IReadOnlyList<ChosenDeadLetters> Letters)>();
        foreach (var (desk, database) in desks)
        {
            chosen.Add((desk, database, await desk.ChooseForRedriveAsync(Filter(parsed), cancellationToken)));
        }

        var others = await OfOtherLogsAsync(parsed, desks, cancellationToken);
        if (chosen.TrueForAll(c => c.Letters.Count == 0))
        {
            throw new CommandFailedException(
                $"No parked dead letter is meant by that: dead-letters list shows what waits, and what is being redriven already. {others}".TrimEnd(),
                databases.EndWith(ExitCode.Refused));
        }

        if (others.Length > 0)
        {
            ErrorOutput.Warning(others);
        }

        await confirmation.AskAsync(parsed, $"{DeadLetterCount.Describe(chosen.SelectMany(c => c.Letters))} will be redriven, each key in order. Go on?", cancellationToken);
        var marked = new List<RedriveOutcomeReader>();
        foreach (var (desk, database, letters) in chosen.Where(c => c.Letters.Count > 0))
        {
            marked.Add(new RedriveOutcomeReader(
                database, await desk.RedriveAsync(letters, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken)));
        }

        return databases.EndWith(await TellAsync(parsed, marked, cancellationToken));
    }

    private static Option<double> Seconds()
    {
        var seconds = new Option<double>("--timeout") { Description = "How long --wait waits at most.", HelpName = "seconds", DefaultValueFactory = _ => 60 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
            {
                result.AddError("--timeout takes a number of seconds, of a day at most.");
            }
        });
        return seconds;
    }

    private static async Task<int> TellAsync(ParseResult parsed, IReadOnlyList<RedriveOutcomeReader> marked, CancellationToken cancellationToken)
    {
        var count = marked.Sum(m => m.Count);
        if (!parsed.GetValue(Wait))
        {
            DeadLetterPrint.Count("redriving", count, $"They are applied by the owners of their partitions; see {OperatorCommands.Name} dead-letters list.", parsed.GetValue(Json));
            return ExitCode.Done;
        }

        using var waiting = new RedriveWait(marked, ServiceAddress.All(parsed), TimeProvider.System);
        var outcome = await waiting.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(WaitSeconds)), cancellationToken);
        RedrivePrint.Outcome(count, outcome, parsed.GetValue(Json), TableRoom.Of(parsed));
        return outcome.IsDone ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<string> OfOtherLogsAsync(
        ParseResult parsed, IEnumerable<(DeadLetterAdmin Desk, NpgsqlConnection Database)> desks, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var (desk, _) in desks)
        {
            count += await desk.CountOfOtherLogsAsync(Filter(parsed), cancellationToken);
        }

        return count == 0
            ? ""
            : $"{count} dead letter(s) stood on the log of another cluster, which their group doesn't read any more, and can't be redriven: "
                + "read them with dead-letters show, and discard them.";
    }
}
