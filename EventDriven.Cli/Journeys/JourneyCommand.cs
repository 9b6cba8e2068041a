using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Tasks;

namespace EventDriven.Cli.Journeys;

/// <summary><c>journey</c>.</summary>
internal static class JourneyCommand
{
    public static Command Create()
    {
        var order = new Argument<Guid>("order") { Description = "Order id." };
        var json = new Option<bool>("--json") { Description = "Writes JSON, for programs." };
        var command = new Command(
            "journey", "Shows the facts of an order, and when each group handled each of them, in which attempt. Example: journey 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")
        {
            order, json, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var analytics = new AnalyticsClient(ServiceAddress.Find(parsed, "analytics"));
            JourneyPrint.Write(await analytics.JourneyAsync(parsed.GetValue(order), cancellationToken), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
