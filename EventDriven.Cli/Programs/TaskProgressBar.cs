using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Programs;

/// <summary>Shows the progress of a task in a service's program.</summary>
internal static class TaskProgressBar
{
    /// <summary>Runs a task. For a program, passes its lines on instead of showing progress.</summary>
    public static Task<T> ShowAsync<T>(bool asJson, Func<Action<TaskLine>, Task<T>> run) => asJson
        ? run(line => Console.WriteLine(line.ToJson()))
        : AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting");
                return run(line => Show(bar, line));
            });

    private static void Show(ProgressTask bar, TaskLine line)
    {
        if (line is not TaskProgress progress)
        {
            return;
        }

        var left = progress.SecondsLeft is { } seconds && progress.Done < progress.Total
            ? $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g} left"
            : "";
        bar.Description = Markup.Escape(
            $"{progress.Phase}: {progress.Done:N0} of {progress.Total:N0}, {progress.EventsPerSecond:N0} events/s{left}");
        bar.MaxValue = Math.Max(1, progress.Total);
        bar.Value = progress.Total == 0 ? 1 : progress.Done;
    }
}
