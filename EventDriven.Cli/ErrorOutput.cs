using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Messages on standard error. Standard output has only the command's result.</summary>
internal static class ErrorOutput
{
    public static void Error(string message) => Open().MarkupLineInterpolated($"[red]error:[/] {PrintableText.Lines(message)}");

    public static void Warning(string message) => Open().MarkupLineInterpolated($"[yellow]warning:[/] {PrintableText.Lines(message)}");

    public static void Note(string message) => Open().WriteLine(PrintableText.Lines(message));

    /// <summary>Standard error as a console. Opened anew each time, because it may be redirected.</summary>
    public static IAnsiConsole Open() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .KeepLines(Console.IsErrorRedirected);
}
