using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Storage.DeadLetters;
using Spectre.Console;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Prints dead letters for a person or as JSON.</summary>
internal static class DeadLetterPrint
{
    public static void List(IReadOnlyList<DeadLetter> deadLetters, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write<IReadOnlyList<DeadLetterJson>>([.. deadLetters.Select(Json)]);
            return;
        }

        if (deadLetters.Count == 0)
        {
            AnsiConsole.MarkupLine("No dead letters.");
            return;
        }

        AnsiConsole.Write(Table(deadLetters, room));
    }

    public static FittedTable Table(IReadOnlyList<DeadLetter> deadLetters, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Group"),
            new Column("Id", ColumnKind.Number),
            new Column("Key", ColumnKind.Id, Importance: 8),
            new Column("Type", ColumnKind.Type, Importance: 5),
            new Column("Where", Importance: 1),
            new Column("Reason", Importance: 6),
            new Column("Attempts", ColumnKind.Number, Importance: 2),
            new Column("Since", Importance: 3),
            new Column("State", Importance: 4),
            new Column("Message", ColumnKind.Text, Importance: 7));
        foreach (var deadLetter in deadLetters)
        {
            table.Add(
                deadLetter.Group,
                $"{deadLetter.Id}",
                deadLetter.Key ?? "-",
                deadLetter.Type ?? "-",
                Where(deadLetter),
                Reason(deadLetter),
                $"{deadLetter.Attempts}",
                Time(deadLetter.FirstFailedAt ?? deadLetter.ChangedAt), State(deadLetter), Message(deadLetter));
        }

        return table;
    }

    public static void One(DeadLetter deadLetter, bool asJson)
    {
        var details = Details(deadLetter);
        if (asJson)
        {
            JsonOutput.Write(details);
            return;
        }

        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in Values(details))
        {
            grid.AddRow(new Text(name), new Text(PrintableText.Lines(value ?? "-")));
        }

        AnsiConsole.Write(grid);
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string State(DeadLetter deadLetter) => deadLetter.State.ToString().ToLowerInvariant();

    /// <summary>Without headers, data and stack.</summary>
    public static DeadLetterJson Json(DeadLetter deadLetter) => new(
        deadLetter.Group,
        deadLetter.Id,
        deadLetter.Key,
        deadLetter.EventId,
        deadLetter.Source,
        deadLetter.Type,
        deadLetter.Topic,
        deadLetter.Partition,
        deadLetter.Offset,
        deadLetter.Time,
        Reason(deadLetter),
        deadLetter.ErrorType,
        deadLetter.ErrorMessage,
        deadLetter.Attempts,
        deadLetter.FirstFailedAt,
        deadLetter.LastFailedAt,
        State(deadLetter),
        deadLetter.ChangedBy,
        deadLetter.ChangedAt,
        deadLetter.Note);

    private static DeadLetterDetailsJson Details(DeadLetter deadLetter) => new(
        Json(deadLetter),
        [.. JsonNode.Parse(deadLetter.Headers)!.AsArray().Select(Header)],
        deadLetter.Data is { } data ? Text(data) : null,
        deadLetter.ErrorStack);

    private static HeaderJson Header(JsonNode? header)
    {
        var value = (string?)header!["value"];
        return new HeaderJson($"{header["name"]}", value is null ? "" : Text(Convert.FromBase64String(value)));
    }

    // What JSON has, a line a value.
    private static IEnumerable<(string Name, string? Value)> Values(DeadLetterDetailsJson details)
    {
        foreach (var (name, value) in JsonSerializer.SerializeToNode(details.DeadLetter, JsonOutput.Indented)!.AsObject())
        {
            yield return (name, value?.ToString());
        }

        yield return ("headers", string.Join(Environment.NewLine, details.Headers.Select(header => $"{header.Name}: {header.Value}")));
        yield return ("data", details.Data);
        yield return ("stack", details.Stack);
    }

    // UTF-8 text, or else the bytes in base64.
    private static string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return $"base64:{Convert.ToBase64String(bytes)}";
        }
    }

    private static string Where(DeadLetter deadLetter) => $"{deadLetter.Topic}[{deadLetter.Partition}]@{deadLetter.Offset}";

    private static string Reason(DeadLetter deadLetter) => deadLetter.Reason.ToString().ToLowerInvariant();

    // "FormatException: …" of "System.FormatException".
    private static string Message(DeadLetter deadLetter) => deadLetter.ErrorType is { } error
        ? $"{error[(error.LastIndexOf('.') + 1)..]}: {deadLetter.ErrorMessage}"
        : "";
}
