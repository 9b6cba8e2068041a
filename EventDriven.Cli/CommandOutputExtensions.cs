using System.CommandLine;

namespace EventDriven.Cli;

/// <summary>Says what commands write with <c>--json</c>: docs/cli.md has it from there, and a test holds them to it.</summary>
internal static class CommandOutputExtensions
{
    /// <summary>The command writes one value.</summary>
    public static Command Writes<T>(this Command command)
    {
        CommandOutput.Set(command, new CommandOutput(typeof(T), IsLines: false, []));
        return command;
    }

    /// <summary>The command writes values, one a line. The last one is its result.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kinds">Of a type of several kinds, those that the command writes; none for all.</param>
    public static Command WritesLines<T>(this Command command, params string[] kinds)
    {
        CommandOutput.Set(command, new CommandOutput(typeof(T), IsLines: true, kinds));
        return command;
    }
}
