using System.CommandLine;
using System.Runtime.CompilerServices;

namespace EventDriven.Cli;

/// <summary>What a command writes with <c>--json</c>.</summary>
/// <param name="Type">The type that it serializes.</param>
/// <param name="IsLines">Whether it writes one a line, as long-running commands do.</param>
/// <param name="Kinds">Of a type of several kinds, those that the command writes; none for all.</param>
internal sealed record CommandOutput(Type Type, bool IsLines, IReadOnlyList<string> Kinds)
{
    private static readonly ConditionalWeakTable<Command, CommandOutput> Known = [];

    /// <summary>The output of a command; null when it is not said.</summary>
    public static CommandOutput? Of(Command command) => Known.TryGetValue(command, out var output) ? output : null;

    /// <summary>Says what a command writes.</summary>
    public static void Set(Command command, CommandOutput output) => Known.AddOrUpdate(command, output);
}
