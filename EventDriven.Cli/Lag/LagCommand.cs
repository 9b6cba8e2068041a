using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli.Lag;

/// <summary><c>lag</c>.</summary>
internal static class LagCommand
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private static readonly Option<string?> Group = new("--group") { Description = "Consumer group, such as inventory. Default: all." };
    private static readonly Option<bool> All = new("--all") { Description = "Also the partitions that are not behind." };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Shows it anew every second, until Ctrl+C." };
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs." };
    private static readonly Option<double?> MaxSeconds = new("--max-seconds")
    {
        Description = "Ends with 1 when a group is further behind.",
        HelpName = "seconds",
    };

    public static Command Create()
    {
        var command = new Command(
            "lag", "Shows how far each group is behind, in events and in seconds, also while its service is stopped. Example: lag --group inventory --watch")
        {
            Group, All, Watch, Json, MaxSeconds, KafkaConnection.Option, StateFile.Option,
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
            using var measurement = new LagMeasurement(parsed);
            var lag = parsed.GetValue(Watch)
                ? await WatchAsync(parsed, measurement, cancellationToken)
                : await OnceAsync(parsed, measurement, cancellationToken);
            return lag.ExitCodeFor(parsed.GetValue(MaxSeconds));
        });
        return command;
    }

    private static async Task<MeasuredLag> OnceAsync(ParseResult parsed, LagMeasurement measurement, CancellationToken cancellationToken)
    {
        var lag = await measurement.ReadAsync(parsed.GetValue(Group), cancellationToken);
        if (parsed.GetValue(Json))
        {
            LagPrint.Json(lag);
        }
        else
        {
            AnsiConsole.Write(LagPrint.View(lag, parsed.GetValue(All), TableRoom.Of(parsed)));
        }

        return lag;
    }

    private static async Task<MeasuredLag> WatchAsync(ParseResult parsed, LagMeasurement measurement, CancellationToken cancellationToken)
    {
        var lag = await measurement.ReadAsync(parsed.GetValue(Group), cancellationToken);
        await AnsiConsole.Live(LagPrint.View(lag, parsed.GetValue(All), TableRoom.Of(parsed))).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Refresh, TimeProvider.System);
            try
            {
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    lag = await measurement.ReadAsync(parsed.GetValue(Group), cancellationToken);
                    live.UpdateTarget(LagPrint.View(lag, parsed.GetValue(All), TableRoom.Of(parsed)));
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C is how one stops watching.
            }
        });
        return lag;
    }
}
