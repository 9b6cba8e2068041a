using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Standard error: standard output belongs to what was asked for.</summary>
internal static class ErrorOutput
{
    public static void Error(string message) => Open().MarkupLineInterpolated($"[red]error:[/] {PrintableText.Lines(message)}");

    public static void Warning(string message) => Open().MarkupLineInterpolated($"[yellow]warning:[/] {PrintableText.Lines(message)}");

    /// <summary>Standard error as a console. Not kept: tests and shells may redirect it.</summary>
    public static IAnsiConsole Open() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .KeepLines(Console.IsErrorRedirected);
}
