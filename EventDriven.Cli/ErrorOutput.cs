using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>
/// Messages on standard error. Standard output has only the command's result. With <c>--json</c>, each is one JSON object a line.
/// </summary>
internal static class ErrorOutput
{
    // Of the command that runs here, however deep in it something is told.
    private static readonly AsyncLocal<bool> Json = new();

    /// <summary>Whether messages are for a program.</summary>
    public static bool IsJson
    {
        get => Json.Value;
        set => Json.Value = value;
    }

    /// <param name="message">Why a command fails, and what to do next.</param>
    /// <param name="exitCode">With which it ends.</param>
    public static void Error(string message, int exitCode)
    {
        if (IsJson)
        {
            Write(new ErrorJson(message, exitCode));
        }
        else
        {
            Open().MarkupLineInterpolated($"[red]error:[/] {PrintableText.Lines(message)}");
        }
    }

    public static void Warning(string message)
    {
        if (IsJson)
        {
            Write(new WarningJson(message));
        }
        else
        {
            Open().MarkupLineInterpolated($"[yellow]warning:[/] {PrintableText.Lines(message)}");
        }
    }

    public static void Note(string message)
    {
        if (IsJson)
        {
            Write(new NoteJson(message));
        }
        else
        {
            Open().WriteLine(PrintableText.Lines(message));
        }
    }

    /// <summary>Standard error as a console. Opened anew each time, because it may be redirected.</summary>
    public static IAnsiConsole Open() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .KeepLines(Console.IsErrorRedirected);

    private static void Write<T>(T message) => Console.Error.WriteLine(JsonOutput.ToLine(message));
}
