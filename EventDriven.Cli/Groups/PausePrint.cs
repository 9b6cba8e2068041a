using Spectre.Console;

namespace EventDriven.Cli.Groups;

/// <summary>Says whether a group is paused, for a person or as JSON.</summary>
internal static class PausePrint
{
    /// <param name="group">The group.</param>
    /// <param name="duration">How long it is paused; null when it is not.</param>
    /// <param name="asJson">Whether it is for a program.</param>
    public static void Write(string group, TimeSpan? duration, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new PausedGroupJson(group, duration is not null, duration?.TotalSeconds));
            return;
        }

        AnsiConsole.WriteLine(duration is { } time
            ? $"{group} pauses for {time:g}. Its instances leave it within seconds. {OperatorCommands.Name} resume ends the pause."
            : $"{group} is not paused. Its instances join it within seconds.");
    }
}
