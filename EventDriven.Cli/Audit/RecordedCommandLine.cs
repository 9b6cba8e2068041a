using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;

namespace EventDriven.Cli.Audit;

/// <summary>A command line as the audit trail keeps it: without secrets, and without the reason, which has its own field.</summary>
internal static partial class RecordedCommandLine
{
    private const int MaxLength = 4000;

    /// <summary>The command with its arguments, as a shell would take them.</summary>
    public static string Of(ParseResult parsed, SecretMask mask)
    {
        var line = new StringBuilder();
        string? option = null;
        foreach (var token in parsed.Tokens)
        {
            var before = option;
            option = token.Type == TokenType.Option ? token.Value : null;
            if (option == BecauseOption.Option.Name || before == BecauseOption.Option.Name)
            {
                continue;
            }

            line.Append(line.Length > 0 ? " " : "").Append(
                before == KafkaConnection.Option.Name && token.Value.Contains('=', StringComparison.Ordinal)
                    ? "(connection string)"
                    : Quoted(mask.ApplyToArgument(token.Value)));
        }

        return Bounded(line.ToString(), MaxLength);
    }

    /// <summary>The text with a maximum length, and without what PostgreSQL can't store.</summary>
    public static string Bounded(string text, int length)
    {
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

    // Whatever a shell could take for something else is quoted.
    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@,+-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
