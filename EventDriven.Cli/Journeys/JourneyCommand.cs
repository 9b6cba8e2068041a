using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Cli.Journeys;

/// <summary><c>journey</c>.</summary>
internal static class JourneyCommand
{
    public static Command Create()
    {
        var order = new Argument<Guid>("order") { Description = "Order id." };
        var json = new Option<bool>("--json") { Description = "Writes JSON, for programs." };
        var command = new Command(
            "journey",
            "Shows the facts of an order, when each group handled each of them, in which attempt, and which groups have not told yet. "
            + "Example: journey 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")
        {
            order, json, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var analytics = new AnalyticsClient(ServiceAddress.Find(parsed, "analytics"));
            var journey = await analytics.JourneyAsync(parsed.GetValue(order), cancellationToken);
            var (groups, exitCode) = await GroupsAsync(parsed, cancellationToken);
            JourneyPrint.Write(SilentGroup.NameIn(journey, groups, TimeProvider.System.GetUtcNow()), parsed.GetValue(json), TableRoom.Of(parsed));
            return exitCode;
        });
        return command;
    }

    // Analytics knows what groups have told. Who there is to tell something, the databases know; without them the journey is worth showing, too.
    private static async Task<(IReadOnlyList<RegisteredGroup> Groups, int ExitCode)> GroupsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var databases = (await OpenDatabases.OpenAsync(parsed, group: null, cancellationToken)).NameAway();
            return ([.. (await Groups.ListAsync(databases, only: null, cancellationToken)).Select(group => group.Group)], databases.EndWith(ExitCode.Done));
        }
        catch (CommandFailedException exception)
        {
            ErrorOutput.Warning($"Which groups have not told yet is not known. {exception.Message}");
            return ([], exception.ExitCode == ExitCode.Usage ? ExitCode.Done : exception.ExitCode);
        }
    }
}
