using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli.Status;

/// <summary><c>status</c>.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    private static readonly Option<bool> Watch = new("--watch") { Description = $"Shows it anew every {Refresh.TotalSeconds} s, until Ctrl+C." };
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs." };

    public static Command Create()
    {
        var command = new Command(
            "status",
            "Shows the whole system, worst first: Kafka, databases, groups with members, lag and parked keys, services and outboxes. "
            + "Ends with 1 when something is red, with 3 when Kafka or a database doesn't answer. Example: status --watch")
        {
            Watch, Json, KafkaConnection.Option, StateFile.Option,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Watch) && result.GetValue(Json))
            {
                result.AddError("--watch is for a person and --json for a program: leave one of them out.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var reader = new StatusReader(parsed);
            var status = await reader.ReadAsync(cancellationToken);
            if (parsed.GetValue(Json))
            {
                StatusPrint.Json(status);
            }
            else if (parsed.GetValue(Watch))
            {
                status = await WatchAsync(parsed, reader, status, cancellationToken);
            }
            else
            {
                AnsiConsole.Write(StatusPrint.View(status, TableRoom.Of(parsed)));
            }

            return status.ExitCode;
        });
        return command;
    }

    private static async Task<SystemStatus> WatchAsync(ParseResult parsed, StatusReader reader, SystemStatus status, CancellationToken cancellationToken)
    {
        await AnsiConsole.Live(StatusPrint.View(status, TableRoom.Of(parsed))).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Refresh, TimeProvider.System);
            try
            {
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    status = await reader.ReadAsync(cancellationToken);
                    live.UpdateTarget(StatusPrint.View(status, TableRoom.Of(parsed)));
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C is how one stops watching.
            }
        });
        return status;
    }
}
