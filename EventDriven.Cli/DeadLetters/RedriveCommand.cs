using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.DeadLetters;
using EventDriven.Messaging.Tasks;
using Npgsql;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters redrive</c>.</summary>
internal static class RedriveCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Everything that waits, of every group or of --group." };

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "redrive",
            "Applies dead letters again, each key in order with what waits behind it. "
            + "Example: dead-letters redrive --group inventory --key 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")
        {
            Key, EventType, Reason, All, Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Key) is null && result.GetValue(EventType) is null && result.GetValue(Reason) is null && !result.GetValue(All))
            {
                result.AddError("Say what is to be redriven: --key (with --group), --type, --reason or --all.");
            }
            else if (result.GetValue(Key) is not null && result.GetValue(Group) is null)
            {
                result.AddError("A key is redriven for one group: add --group.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, confirmation, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Confirmation confirmation, CancellationToken cancellationToken)
    {
        await using var databases = (await OpenDatabases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).NameAway();
        var desks = await DeadLetterDesks.OfAsync(databases, cancellationToken);
        var meant = await MarkAsync(parsed, desks, commit: false, cancellationToken);
        var others = await OfOtherLogsAsync(parsed, desks, cancellationToken);
        if (meant == 0)
        {
            throw new CommandFailedException(
                $"No parked dead letter is meant by that: dead-letters list shows what waits, and what is being redriven already. {others}".TrimEnd(),
                databases.EndWith(ExitCode.Refused));
        }

        if (others.Length > 0)
        {
            ErrorOutput.Warning(others);
        }

        await confirmation.AskAsync(parsed, $"Redrive {meant} dead letter(s), each key in order?", cancellationToken);
        var redriven = await MarkAsync(parsed, desks, commit: true, cancellationToken);
        DeadLetterPrint.Count("redriving", redriven, "They are applied by the owners of their partitions; see dead-letters list.", parsed.GetValue(Json));
        return databases.EndWith(ExitCode.Done);
    }

    private static async Task<string> OfOtherLogsAsync(
        ParseResult parsed, IEnumerable<(DeadLetterDesk Desk, NpgsqlConnection Database)> desks, CancellationToken cancellationToken)
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

    // Counted by doing it and taking it back, so that the question can't differ from the deed, and no row stays locked while somebody thinks.
    private static async Task<int> MarkAsync(
        ParseResult parsed, IEnumerable<(DeadLetterDesk Desk, NpgsqlConnection Database)> desks, bool commit, CancellationToken cancellationToken)
    {
        var marked = 0;
        foreach (var (desk, database) in desks)
        {
            await using var transaction = await database.BeginTransactionAsync(cancellationToken);
            marked += await desk.RedriveAsync(Filter(parsed), Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken);
            await (commit ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
        }

        return marked;
    }
}
