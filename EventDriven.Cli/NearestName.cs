using System.CommandLine;

namespace EventDriven.Cli;

/// <summary>Finds the option or command that was meant by a mistyped one.</summary>
internal static class NearestName
{
    private const int MaxDistance = 2;

    /// <summary>The nearest name that a command knows; null when none is near.</summary>
    /// <param name="typed">What was typed; null for nothing.</param>
    /// <param name="command">The command.</param>
    public static string? Of(string? typed, Command command) => typed is null ? null : Names(command)
        .Select(name => (Name: name, Distance: Distance(typed, name)))
        .Where(found => found.Distance <= MaxDistance)
        .OrderBy(found => found.Distance).ThenBy(found => found.Name, StringComparer.Ordinal)
        .Select(found => found.Name).FirstOrDefault();

    private static IEnumerable<string> Names(Command command) => command.Subcommands.Select(child => child.Name)
        .Concat(command.Options.Select(option => option.Name))
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))
            .Select(option => option.Name));

    // Levenshtein's.
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MaxDistance)
        {
            return MaxDistance + 1;
        }

        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = previous[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
