using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Lag;

/// <summary><c>lag</c>.</summary>
internal static class LagCommand
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private static readonly Option<string?> Group = new("--group") { Description = "Consumer group, such as inventory. Default: all." };
    private static readonly Option<bool> All = new("--all") { Description = "Also shows partitions without lag." };
    private static readonly Option<bool> Watch = WatchOption.Create(Refresh);
    private static readonly Option<double?> MaxSeconds = new("--max-seconds")
    {
        Description = "Ends with 1 when a group's oldest unhandled event is older.",
        HelpName = "seconds",
    };

    public static Command Create()
    {
        var command = new Command(
            "lag",
            "Shows each group's lag in events and in seconds, also while its service is stopped. Example: lag --group inventory --watch")
        {
            Group, All, Watch, JsonOutput.Option, MaxSeconds, KafkaConnection.Option, StateFile.Option,
        };
        WatchOption.ForbidJson(command, Watch);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var measurement = Open(parsed);
            var lag = parsed.GetValue(Watch)
                ? await WatchOption.RunAsync(Refresh, ReadAsync, View, cancellationToken)
                : await ReadAsync();
            if (parsed.IsJson())
            {
                LagPrint.Json(lag);
            }
            else if (!parsed.GetValue(Watch))
            {
                AnsiConsole.Write(View(lag));
            }

            return EndsWith(lag, parsed.GetValue(MaxSeconds));

            Task<MeasuredLag> ReadAsync() => measurement.ReadAsync(parsed.GetValue(Group), cancellationToken);

            Spectre.Console.Rendering.IRenderable View(MeasuredLag measured) =>
                LagPrint.View(measured, parsed.GetValue(All), TableRoom.Of(parsed));
        });
        return command.Writes<IReadOnlyList<GroupLagJson>>();
    }

    /// <exception cref="OperationFailedException">The addresses of the databases or of Kafka are missing.</exception>
    public static SystemLagReader Open(ParseResult parsed) =>
        new(Databases.Find(parsed), KafkaConnection.Find(parsed), TimeProvider.System);

    // An unknown lag is not within the limit.
    private static int EndsWith(MeasuredLag lag, double? maxSeconds) =>
        lag.Unreachable.Count > 0 ? ExitCode.Unreachable
        : maxSeconds is { } limit && !lag.IsWithin(limit) ? ExitCode.Refused
        : ExitCode.Done;
}
