using System.CommandLine;
using Spectre.Console;

namespace EventDriven.Cli.Tables;

/// <summary>
/// The room that tables have: the terminal's, or what <c>COLUMNS</c> says. What goes to a file or a program has no edge, but is as short, so that a line can
/// be read; <c>--wide</c> and <c>--json</c> give all.
/// </summary>
/// <param name="Width">In characters; null for no limit.</param>
/// <param name="ShortensIds">Whether ids are short, also where there is room for them.</param>
/// <param name="ShowsAll">Whether nothing is shortened or left out.</param>
internal sealed record TableRoom(int? Width, bool ShortensIds = false, bool ShowsAll = false)
{
    /// <summary>Shows everything.</summary>
    public static Option<bool> Wide { get; } = new("--wide")
    {
        Description = "Shortens nothing and leaves no column out, however long the lines become.",
        Recursive = true,
    };

    /// <summary>The room on standard output.</summary>
    public static TableRoom Of(ParseResult parsed) => parsed.GetValue(Wide)
        ? new TableRoom(Width: null, ShowsAll: true)
        : Of(Environment.GetEnvironmentVariable("COLUMNS"), Console.IsOutputRedirected, AnsiConsole.Profile.Width);

    /// <param name="columns">What the environment says; anything but a number of characters says nothing.</param>
    /// <param name="isRedirected">Whether standard output is no terminal.</param>
    /// <param name="terminal">The terminal's width.</param>
    internal static TableRoom Of(string? columns, bool isRedirected, int terminal) =>
        new(int.TryParse(columns, out var width) && width > 0 ? width : isRedirected ? null : terminal, ShortensIds: isRedirected);
}
