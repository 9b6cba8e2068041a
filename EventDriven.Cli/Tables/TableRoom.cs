using System.CommandLine;
using Spectre.Console;

namespace EventDriven.Cli.Tables;

/// <summary>
/// The room for tables: the width of the terminal or of <c>COLUMNS</c>. Output to a file or a program has no width limit, but short ids, so
/// that people can read it. <c>--wide</c> and <c>--json</c> show everything.
/// </summary>
/// <param name="Width">In characters; null for no limit.</param>
/// <param name="ShortensIds">Whether ids are shortened even when there is room.</param>
/// <param name="ShowsAll">Whether nothing is shortened or left out.</param>
internal sealed record TableRoom(int? Width, bool ShortensIds = false, bool ShowsAll = false)
{
    /// <summary>Shows everything.</summary>
    public static Option<bool> Wide { get; } = new("--wide")
    {
        Description = "Shortens nothing and leaves out no column.",
        Recursive = true,
    };

    /// <summary>The room on standard output.</summary>
    public static TableRoom Of(ParseResult parsed) => parsed.GetValue(Wide)
        ? new TableRoom(Width: null, ShowsAll: true)
        : Of(Environment.GetEnvironmentVariable("COLUMNS"), Console.IsOutputRedirected, AnsiConsole.Profile.Width);

    /// <param name="columns">The environment variable; ignored unless it is a positive number.</param>
    /// <param name="isRedirected">Whether standard output is not a terminal.</param>
    /// <param name="terminal">The terminal's width.</param>
    internal static TableRoom Of(string? columns, bool isRedirected, int terminal) =>
        new(int.TryParse(columns, out var width) && width > 0 ? width : isRedirected ? null : terminal, ShortensIds: isRedirected);
}
