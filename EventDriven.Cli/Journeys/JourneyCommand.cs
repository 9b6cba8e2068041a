using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Cli.Journeys;

/// <summary><c>journey</c>.</summary>
internal static class JourneyCommand
{
    public static Command Create()
    {
        var order = new Argument<Guid>("order") { Description = "Order id." };
        var command = new Command(
            "journey",
            "Shows the events of an order, when and in which attempt each group handled them, and from which groups a receipt is missing. "
            + "Example: journey 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")
        {
            order, JsonOutput.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var analytics = new AnalyticsClient(ServiceAddresses.Find(parsed, "analytics", Scopes.AnalyticsRead));
            var journey = await analytics.JourneyAsync(parsed.GetValue(order), cancellationToken);
            var (groups, exitCode) = await GroupsAsync(parsed, cancellationToken);
            JourneyPrint.Write(SilentGroup.NameIn(journey, groups, TimeProvider.System.GetUtcNow()), parsed.IsJson(), TableRoom.Of(parsed));
            return exitCode;
        });
        return command.Writes<JourneyJson>();
    }

    // Analytics knows the receipts, and the databases know the groups. Without the databases the journey is still worth showing.
    private static async Task<(IReadOnlyList<RegisteredGroup> Groups, int ExitCode)> GroupsAsync(
        ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var databases = (await Databases.OpenAsync(parsed, group: null, cancellationToken)).WarnOfUnreachable();
            return (
                [.. (await databases.ListGroupsAsync(cancellationToken)).Select(known => known.Group)], databases.EndWith(ExitCode.Done));
        }
        catch (OperationFailedException exception)
        {
            ErrorOutput.Warning($"Groups whose receipt is missing are unknown. {exception.Message}");
            return ([], exception.ExitCode == ExitCode.Usage ? ExitCode.Done : exception.ExitCode);
        }
    }
}
