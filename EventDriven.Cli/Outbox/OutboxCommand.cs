using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Outbox;

/// <summary><c>outbox list</c>.</summary>
internal static class OutboxCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs." };

    public static Command Create()
    {
        var command = new Command("outbox", "Events that are committed and that no broker has acknowledged. Example: outbox list") { List() };
        command.Options.Add(StateFile.Option);
        return command;
    }

    private static Command List()
    {
        var limit = LimitOption.Create("How many of each service at most.", byDefault: 20);
        var olderThan = new Option<double?>("--older-than") { Description = "Ends with 1 when an event waits for longer.", HelpName = "seconds" };
        var command = new Command(
            "list", "Shows how many events wait in each service, and the oldest of them. Example: outbox list --older-than 30") { limit, olderThan, Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var found = new List<WaitingEvents>();
            await using var databases = (await OpenDatabases.OpenAsync(parsed, group: null, cancellationToken)).NameAway();
            foreach (var (name, connection) in databases.All)
            {
                var desk = new OutboxAdmin(connection);
                if (await desk.ExistsAsync(cancellationToken))
                {
                    var (pending, oldest) = await desk.MeasureAsync(cancellationToken);
                    found.Add(new WaitingEvents(
                        name, pending, oldest, await desk.ListAsync(parsed.GetValue(limit), cancellationToken)));
                }
            }

            OutboxPrint.List(found, now, parsed.GetValue(Json), TableRoom.Of(parsed));
            return databases.EndWith(found.Exists(waiting => waiting.AgeAt(now) > parsed.GetValue(olderThan)) ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }
}
