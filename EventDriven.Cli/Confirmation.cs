using System.CommandLine;
using EventDriven.Messaging.Tasks;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Asks before something is changed.</summary>
internal static class Confirmation
{
    /// <summary>Says yes without being asked.</summary>
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Doesn't ask." };

    /// <exception cref="CommandFailedException">The answer is no, or nobody can be asked.</exception>
    public static void Ask(ParseResult parsed, string question)
    {
        if (parsed.GetValue(Yes))
        {
            return;
        }

        if (Console.IsInputRedirected)
        {
            throw new CommandFailedException("Nobody can be asked here: add --yes.", ExitCode.Usage);
        }

        if (!AnsiConsole.Confirm(question, defaultValue: false))
        {
            throw new CommandFailedException("Nothing was changed.", ExitCode.Refused);
        }
    }
}
