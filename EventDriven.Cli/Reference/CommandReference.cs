using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;

namespace EventDriven.Cli.Reference;

/// <summary>All commands as a document, made from what they declare.</summary>
internal static class CommandReference
{
    private const string Example = " Example: ";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Each command has some of them.
    private static readonly Option[] Common =
    [
        BecauseOption.Option, JsonOutput.Option, KafkaConnection.Option, StateFile.Option, TableRoom.Wide, Confirmation.Yes,
    ];

    private const string Head =
        """
        # Commands

        Made from the code by `./eventdriven reference`; a test fails when it is stale. [operations.md](operations.md) says which one helps
        when.

        ## Output for programs

        With `--json`, standard output has nothing but JSON: one document, or one object a line where it says so. Names are in camel case.
        Times are UTC (RFC 3339, `2026-11-30T10:00:00.000000Z`). Durations are numbers of seconds, and are called so. New fields may be
        added; a field is not renamed, and does not change its type or meaning, without an entry in CHANGELOG.md. [cli.json](cli.json) has
        the JSON Schema of each output.

        Standard error has one JSON object a line: `{"error": "…", "exitCode": 2}` why the command failed and what to do next,
        `{"warning": "…"}` what is missing from the result, `{"note": "…"}` what else is worth knowing, such as the entry of the audit
        trail. A command that was refused, or that can't be understood, writes its error and no result.

        ## Exit codes

        | exit code | means |
        |---|---|
        | 0 | done |
        | 1 | found something wrong, or was refused |
        | 2 | the command line is invalid, or names something unknown; or a connection string is missing |
        | 3 | a server does not answer; where others do, their content is shown |
        | 4 | the change was made, and the audit trail has no entry of how it ended |
        | 130 | stopped (Ctrl+C) |

        ## Common options

        """;

    /// <summary>The commands that can be run, by name, such as <c>dead-letters list</c>.</summary>
    public static IReadOnlyList<(string Path, Command Command)> Commands(Command root) =>
    [
        .. Below(root, "").Where(found => found.Path.Length > 0 && found.Command.Action is not null)
            .OrderBy(found => found.Path, StringComparer.Ordinal),
    ];

    /// <summary>The document for people.</summary>
    public static string Document(Command root) =>
        string.Join(
            '\n',
            [
                .. Head.ReplaceLineEndings("\n").Split('\n'), .. Table(Common.Select(Row)),
                .. Commands(root).SelectMany(found => Section(found.Path, found.Command)),
            ]).TrimEnd() + "\n";

    /// <summary>The JSON Schemas of all outputs, by command.</summary>
    public static string Schemas(Command root)
    {
        var schemas = new JsonObject();
        foreach (var (path, command) in Commands(root))
        {
            if (CommandOutput.Of(command) is { } output)
            {
                schemas[path] = new JsonObject { ["lines"] = output.IsLines, ["schema"] = OutputSchema.Of(path, output) };
            }
        }

        return schemas.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static IEnumerable<(string Path, Command Command)> Below(Command command, string path) =>
        command.Subcommands.Where(child => !child.Hidden)
            .SelectMany(child => Below(child, $"{path} {child.Name}".Trim())).Prepend((path, command));

    private static IEnumerable<string> Section(string path, Command command)
    {
        var description = (command.Description ?? "").ReplaceLineEndings(" ");
        var example = description.IndexOf(Example, StringComparison.Ordinal);
        yield return $"## {path}";
        yield return "";
        yield return example < 0 ? description : description[..example];
        yield return "";
        yield return "```sh";
        yield return example < 0 ? $"{OperatorCommands.Name} {path}" : description[(example + Example.Length)..];
        yield return "```";
        yield return "";
        foreach (var line in Table(Rows(command)))
        {
            yield return line;
        }

        if (Options(command).Where(Common.Contains).Select(option => $"`{option.Name}`").Order(StringComparer.Ordinal).ToList()
            is { Count: > 0 } common)
        {
            yield return $"[Common options](#common-options): {string.Join(", ", common)}.";
            yield return "";
        }

        yield return $"Exit codes: {string.Join(", ", ExitCodes(command))}."
            + (Changes(command) ? " It changes something: it asks whether and why, and the audit trail records it." : "");
        yield return "";
        if (CommandOutput.Of(command) is { } output)
        {
            var schema = OutputSchema.Of(path, output);
            yield return $"With `--json`: {Kind(output, schema)}";
            yield return "";
            foreach (var line in FieldTable.Of(schema))
            {
                yield return line;
            }
        }
    }

    private static string Kind(CommandOutput output, JsonNode schema)
    {
        var what = $"{(schema["items"] ?? schema)["description"]}";
        return output.IsLines ? "one object a line, by `kind`. The last one is the result."
            : schema["items"] is null ? $"an object. {what}"
            : $"an array. {what}";
    }

    private static List<string> Table(IEnumerable<string> rows) =>
        rows.ToList() is { Count: > 0 } lines ? ["| | value | default | |", "|---|---|---|---|", .. lines, ""] : [];

    private static IEnumerable<string> Rows(Command command) =>
    [
        .. command.Arguments.Where(argument => !argument.Hidden).Select(argument => Row(
            $"<{argument.Name}>", "", Default(argument.HasDefaultValue, argument.GetDefaultValue), argument.Description)),
        .. Options(command).Where(option => !option.Hidden && option is not (HelpOption or VersionOption) && !Common.Contains(option))
            .DistinctBy(option => option.Name, StringComparer.Ordinal).OrderBy(option => option.Name, StringComparer.Ordinal)
            .Select(Row),
    ];

    private static string Row(Option option) => Row(
        option.Name,
        option.ValueType == typeof(bool) ? "" : option.HelpName ?? "value",
        option.Required ? "required" : Default(option.HasDefaultValue, option.GetDefaultValue),
        option.Description);

    private static IEnumerable<Option> Options(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive));

    private static string Row(string name, string value, string byDefault, string? description) =>
        $"| `{name}` | {Escaped(value)} | {Escaped(byDefault)} | {Escaped((description ?? "").ReplaceLineEndings(" "))} |";

    private static string Default(bool hasDefault, Func<object?> value) => !hasDefault ? "" : value() switch
    {
        null or false or "" or Array { Length: 0 } => "",
        TimeSpan time => time.ToString("g", CultureInfo.InvariantCulture),

        // A path is written as on every system.
        string text => text.Replace('\\', '/'),
        var other => string.Create(CultureInfo.InvariantCulture, $"{other}"),
    };

    private static bool Changes(Command command) => command.Options.Contains(BecauseOption.Option);

    private static IEnumerable<int> ExitCodes(Command command)
    {
        var asksServers = Options(command).Any(option => option == StateFile.Option || option == KafkaConnection.Option);
        return Changes(command) ? [0, 1, 2, 3, 4, 130] : asksServers ? [0, 1, 2, 3, 130] : [0, 1, 2, 130];
    }

    private static string Escaped(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
