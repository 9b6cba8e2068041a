using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary><c>audit</c>: shows what operators have changed. <c>audit verify</c> and <c>audit script</c>.</summary>
internal static class AuditCommand
{
    private const string Forms = "a time (2026-11-23T10:00:00Z) or a time ago (90s, 15m, 2h, 7d)";

    private static readonly Option<string?> Since = new("--since")
    {
        Description = $"Only entries since then: {Forms}.",
        HelpName = "time",
    };

    private static readonly Option<int> Limit = LimitOption.Create("Maximum number of entries: the newest.", byDefault: 50);

    public static Command Create()
    {
        var command = new Command(
            "audit",
            "Shows which commands changed something, who ran them, from where, when and why; the newest last. Example: audit --since 7d")
        {
            VerifyCommand.Create(), Script(), Since, Limit, JsonOutput.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var since = TimeOf(parsed);
            var entries = await new AuditReader(AuditConnection.Find(parsed))
                .NewestAsync(since, parsed.GetValue(Limit), cancellationToken).ToListAsync(cancellationToken);
            entries.Reverse();
            if (parsed.IsJson())
            {
                AuditPrint.Json(entries);
            }
            else
            {
                AuditPrint.List(entries, TableRoom.Of(parsed));
            }

            return ExitCode.Done;
        });
        return command.Writes<IReadOnlyList<AuditEntryJson>>();
    }

    private static Command Script()
    {
        var command = new Command(
            "script",
            "Prints the SQL with which an administrator of PostgreSQL makes the database of the audit trail and the role that these "
            + "commands have. Example: audit script");
        command.SetAction(parsed =>
        {
            if (parsed.IsJson())
            {
                JsonOutput.Write(new AuditScriptJson(AuditDatabase.Script()));
            }
            else
            {
                Console.WriteLine(AuditDatabase.Script());
            }

            return ExitCode.Done;
        });
        return command.Writes<AuditScriptJson>();
    }

    private static DateTimeOffset? TimeOf(ParseResult parsed)
    {
        if (parsed.GetValue(Since) is not { } text)
        {
            return null;
        }

        return LogPosition.TryParse(text, TimeProvider.System.GetUtcNow(), out var position) && position.Time is { } since
            ? since
            : throw new OperationFailedException($"--since takes {Forms}, not '{text}'.", ExitCode.Usage);
    }
}
