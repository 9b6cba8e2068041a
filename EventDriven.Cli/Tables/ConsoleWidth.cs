using Spectre.Console;

namespace EventDriven.Cli.Tables;

/// <summary>Keeps a console from breaking lines that go to a file or a program. It would treat these as a terminal of 80 columns.</summary>
internal static class ConsoleWidth
{
    private const int NoLimit = 100_000;

    /// <param name="console">The console.</param>
    /// <param name="isRedirected">Whether its output goes to a file or a program.</param>
    public static IAnsiConsole KeepLines(this IAnsiConsole console, bool isRedirected)
    {
        if (isRedirected)
        {
            console.Profile.Width = NoLimit;
        }

        return console;
    }
}
