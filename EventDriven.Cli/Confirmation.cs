using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Asks before something is changed.</summary>
internal static class Confirmation
{
    /// <exception cref="CommandFailedException">Nobody can be asked, or the answer is no.</exception>
    public static void Ask(bool isGiven, string question)
    {
        if (isGiven)
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
