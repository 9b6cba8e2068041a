using System.Text;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Operations.Audit;

/// <summary>The texts of entries of the audit trail: a command line as a shell would take it, and any text within a length.</summary>
public static partial class CommandText
{
    /// <summary>A command line, with quotes around what a shell could take for something else.</summary>
    public static string Of(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted));

    /// <summary>The text with a maximum length in characters, and without what PostgreSQL can't store.</summary>
    public static string Bounded(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        var storable = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
        if (storable.Length <= length)
        {
            return storable;
        }

        var end = char.IsHighSurrogate(storable[length - 2]) ? length - 2 : length - 1;
        return $"{storable.AsSpan(0, end)}…";
    }

    private static string Quoted(string value) =>
        Plain().IsMatch(value)
            ? value
            : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@,+-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
