using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli;

/// <summary>
/// What is wrong with a command line, and what to write instead. The parser's own messages about values name types of .NET.
/// </summary>
internal static class ParseErrors
{
    private static readonly Dictionary<Type, string> Forms = new()
    {
        [typeof(short)] = $"a whole number from {short.MinValue} to {short.MaxValue}",
        [typeof(int)] = $"a whole number up to {int.MaxValue}",
        [typeof(long)] = "a whole number",
        [typeof(double)] = "a number, such as 1.5",
        [typeof(bool)] = "true or false, or nothing for true",
        [typeof(Guid)] = "an id, such as 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d",
        [typeof(Uri)] = "an address, such as http://localhost:8081",
    };

    /// <summary>Tells what is wrong, if anything is.</summary>
    /// <returns>The exit code; null when the command line can be run, or asks for help.</returns>
    public static int? Tell(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is not ParseErrorAction)
        {
            return null;
        }

        var messages = parsed.Errors.Select(Describe).Distinct(StringComparer.Ordinal).ToList();
        if (ErrorOutput.IsJson)
        {
            ErrorOutput.Error(string.Join(' ', messages), ExitCode.Usage);
            return ExitCode.Usage;
        }

        foreach (var message in messages)
        {
            ErrorOutput.Error(message, ExitCode.Usage);
        }

        if (parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0)
        {
            // It only has commands of its own: they are what is missing.
            new HelpAction().Invoke(parsed);
            return ExitCode.Usage;
        }

        if (NearestName.Of(parsed.UnmatchedTokens is [var first, ..] ? first : null, parsed.CommandResult.Command) is { } nearest)
        {
            ErrorOutput.Note($"Did you mean {nearest}?");
        }

        ErrorOutput.Note($"{Help(parsed.CommandResult)} --help shows what can be said.");
        return ExitCode.Usage;
    }

    /// <summary>What to write instead.</summary>
    internal static string Describe(ParseError error)
    {
        var (name, type, values) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType, option.Tokens),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType, option.Tokens),
            ArgumentResult argument => ($"<{argument.Argument.Name}>", argument.Argument.ValueType, argument.Tokens),
            _ => ("", typeof(string), (IReadOnlyList<Token>)[]),
        };
        type = Nullable.GetUnderlyingType(type) ?? type;

        // In whatever language the message is: only the parser itself names the type.
        return values.Count > 0 && error.Message.Contains($"{type}", StringComparison.Ordinal)
            ? $"{name} takes {Forms.GetValueOrDefault(type, "another value")}, not '{values[^1].Value}'."
            : error.Message.Trim();
    }

    private static string Help(SymbolResult command) => command switch
    {
        CommandResult { Parent: CommandResult parent } child => $"{Help(parent)} {child.Command.Name}",
        CommandResult root => root.Command is RootCommand ? OperatorCommands.Name : root.Command.Name,
        _ => "",
    };
}
