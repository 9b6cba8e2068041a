using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Acls;

/// <summary>What services do with Kafka, as the command line says it: for a job whose image has no program but this one.</summary>
internal static class CommandLineAccess
{
    /// <summary>Topics that a service writes.</summary>
    public static Option<string[]> Writes { get; } = new("--writes")
    {
        Description = "Topics that a service writes, for a job whose image has no program but this one. May be repeated. Replaces "
            + "--program.",
        HelpName = "service=topics",
    };

    /// <summary>Topics that a group of a service reads.</summary>
    public static Option<string[]> Reads { get; } = new("--reads")
    {
        Description = "Topics that a consumer group of a service reads, such as checkout=checkout:inventory.v1. May be repeated. Replaces "
            + "--program.",
        HelpName = "service=group:topics",
    };

    /// <summary>Whether the command line says it.</summary>
    public static bool IsGiven(SymbolResult command) =>
        command.GetResult(Writes) is { Implicit: false } || command.GetResult(Reads) is { Implicit: false };

    /// <summary>What it says, by service.</summary>
    /// <exception cref="OperationFailedException">It can't be read.</exception>
    public static SortedDictionary<string, DeclaredAccess> Read(ParseResult parsed) =>
        Read(parsed.GetValue(Writes) ?? [], parsed.GetValue(Reads) ?? []);

    /// <inheritdoc cref="Read(ParseResult)"/>
    public static SortedDictionary<string, DeclaredAccess> Read(IEnumerable<string> writes, IEnumerable<string> reads)
    {
        var declared = new SortedDictionary<string, DeclaredAccess>(StringComparer.Ordinal);
        foreach (var text in writes)
        {
            if (Split(text, '=') is not [{ Length: > 0 } service, var list] || Topics(list) is not { } topics)
            {
                throw Unreadable("--writes", text, "service=topics, such as checkout=orders.v1,payments.v1");
            }

            var known = Of(service);
            declared[service] = known with { Publishes = [.. known.Publishes, .. topics] };
        }

        foreach (var text in reads)
        {
            if (Split(text, '=') is not [{ Length: > 0 } service, var read]
                || Split(read, ':') is not [{ Length: > 0 } group, var list] || Topics(list) is not { } topics)
            {
                throw Unreadable("--reads", text, "service=group:topics, such as checkout=checkout:inventory.v1");
            }

            var known = Of(service);
            declared[service] = known with { Groups = [.. known.Groups, new DeclaredGroup(group, topics)] };
        }

        return declared;

        DeclaredAccess Of(string service) =>
            declared.GetValueOrDefault(service) ?? new DeclaredAccess(Source: null, [], [], Receipts: null);
    }

    // Null where a name is missing between two commas.
    private static string[]? Topics(string list)
    {
        var topics = Split(list, ',');
        return Array.TrueForAll(topics, topic => topic.Length > 0) ? topics : null;
    }

    private static string[] Split(string text, char separator) => text.Split(separator, StringSplitOptions.TrimEntries);

    private static OperationFailedException Unreadable(string option, string text, string form) =>
        new($"{option} '{text}' is not of the form {form}.", ExitCode.Usage);
}
