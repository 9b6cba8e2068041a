using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Status;

/// <summary><c>status</c>.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    private static readonly Option<bool> Watch = WatchOption.Create(Refresh);

    public static Command Create()
    {
        var command = new Command(
            "status",
            "Shows the whole system, worst first: Kafka, databases, groups with members, lag and parked keys, services and outboxes. "
            + "Ends with 1 when something is red, with 3 when Kafka or a database does not answer. Example: status --watch")
        {
            Watch, JsonOutput.Option, KafkaConnection.Option, StateFile.Option,
        };
        WatchOption.ForbidJson(command, Watch);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var reader = Open(parsed);
            var status = parsed.GetValue(Watch)
                ? await WatchOption.RunAsync(
                    Refresh,
                    () => reader.ReadAsync(cancellationToken),
                    read => StatusPrint.View(read, TableRoom.Of(parsed)),
                    cancellationToken)
                : await reader.ReadAsync(cancellationToken);
            if (parsed.IsJson())
            {
                JsonOutput.Write(StatusPrint.Json(status));
            }
            else if (!parsed.GetValue(Watch))
            {
                AnsiConsole.Write(StatusPrint.View(status, TableRoom.Of(parsed)));
            }

            return EndsWith(status);
        });
        return command.Writes<SystemStatusJson>();
    }

    /// <exception cref="OperationFailedException">The addresses of the databases or of Kafka are missing.</exception>
    public static StatusReader Open(ParseResult parsed) =>
        new(Databases.Find(parsed), ServiceAddresses.All(parsed), KafkaConnection.Find(parsed), TimeProvider.System);

    /// <summary>The command's exit code.</summary>
    public static int EndsWith(SystemStatus status) =>
        status.IsIncomplete ? ExitCode.Unreachable : status.Level == StatusLevel.Red ? ExitCode.Refused : ExitCode.Done;
}
