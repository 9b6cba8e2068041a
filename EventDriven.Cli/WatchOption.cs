using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventDriven.Cli;

/// <summary><c>--watch</c>: shows something again and again, until Ctrl+C.</summary>
internal static class WatchOption
{
    public static Option<bool> Create(TimeSpan interval) =>
        new("--watch") { Description = $"Refreshes every {interval.TotalSeconds} s, until Ctrl+C." };

    /// <summary>Forbids <c>--watch</c> together with <c>--json</c>.</summary>
    public static void ForbidJson(Command command, Option<bool> watch) => command.Validators.AddCheck(result =>
    {
        if (result.GetValue(watch) && result.GetValue(JsonOutput.Option))
        {
            result.AddError("--watch is for a person and --json for a program. Leave one of them out.");
        }
    });

    /// <summary>Reads and shows, until the token is cancelled.</summary>
    /// <returns>The last reading.</returns>
    public static async Task<T> RunAsync<T>(
        TimeSpan interval, Func<Task<T>> readAsync, Func<T, IRenderable> view, CancellationToken cancellationToken)
    {
        var reading = await readAsync();
        await AnsiConsole.Live(view(reading)).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(interval, TimeProvider.System);
            try
            {
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    reading = await readAsync();
                    live.UpdateTarget(view(reading));
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C ends watching.
            }
        });
        return reading;
    }
}
