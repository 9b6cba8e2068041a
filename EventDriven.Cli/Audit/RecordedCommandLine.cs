using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Cli.Audit;

/// <summary>A command line as the audit trail keeps it: without secrets, and without the reason, which has its own field.</summary>
internal static class RecordedCommandLine
{
    private const string Connection = "(connection string)";

    /// <summary>The command with its arguments, as a shell would take them.</summary>
    public static string Of(ParseResult parsed, SecretMask mask)
    {
        var line = new List<string>();
        string? option = null;
        foreach (var token in parsed.Tokens)
        {
            var before = option;
            option = token.Type == TokenType.Option ? token.Value : null;
            if (option == BecauseOption.Option.Name || before == BecauseOption.Option.Name)
            {
                continue;
            }

            line.Add(before == KafkaConnection.Option.Name && token.Value.Contains('=', StringComparison.Ordinal)
                ? Connection
                : CommandText.Of([mask.ApplyToArgument(token.Value)]));
        }

        return string.Join(' ', line);
    }
}
