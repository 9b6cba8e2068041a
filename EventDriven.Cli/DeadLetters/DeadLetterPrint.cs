using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Storage.DeadLetters;
using Spectre.Console;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Dead letters for a person, or as JSON.</summary>
internal static class DeadLetterPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void List(IReadOnlyList<DeadLetter> letters, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonArray([.. letters.Select(Json)]).ToJsonString(Indented));
            return;
        }

        if (letters.Count == 0)
        {
            AnsiConsole.MarkupLine("No dead letters.");
            return;
        }

        AnsiConsole.Write(Table(letters, room));
    }

    public static FittedTable Table(IReadOnlyList<DeadLetter> letters, TableRoom room)
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
        foreach (var letter in letters)
        {
            table.Add(
                letter.Group, $"{letter.Id}", letter.Key ?? "-", letter.Type ?? "-", Where(letter), Reason(letter), $"{letter.Attempts}",
                Time(letter.FirstFailedAt ?? letter.ChangedAt), State(letter), Message(letter));
        }

        return table;
    }

    public static void One(DeadLetter letter, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(Json(letter, whole: true).ToJsonString(Indented));
            return;
        }

        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in Json(letter, whole: true))
        {
            grid.AddRow(
                new Text(name), new Text(PrintableText.Lines(value is JsonValue or null ? value?.ToString() ?? "-" : value.ToJsonString(Indented))));
        }

        AnsiConsole.Write(grid);
    }

    public static void Count(string name, int count, string next, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonObject { [name] = count }.ToJsonString());
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"{count} {name}. {next}");
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string State(DeadLetter letter) => letter.State.ToString().ToLowerInvariant();

    /// <summary>Without headers, data and stack.</summary>
    public static JsonObject Json(DeadLetter letter) => Json(letter, whole: false);

    private static JsonObject Json(DeadLetter letter, bool whole)
    {
        var json = new JsonObject
        {
            ["group"] = letter.Group,
            ["id"] = letter.Id,
            ["key"] = letter.Key,
            ["eventId"] = letter.EventId,
            ["source"] = letter.Source,
            ["type"] = letter.Type,
            ["where"] = Where(letter),
            ["time"] = Time(letter.Time),
            ["reason"] = Reason(letter),
            ["error"] = letter.ErrorType,
            ["message"] = letter.ErrorMessage,
            ["attempts"] = letter.Attempts,
            ["firstFailedAt"] = letter.FirstFailedAt is { } first ? Time(first) : null,
            ["lastFailedAt"] = letter.LastFailedAt is { } last ? Time(last) : null,
            ["state"] = State(letter),
            ["changedBy"] = letter.ChangedBy,
            ["changedAt"] = Time(letter.ChangedAt),
            ["note"] = letter.Note,
        };
        if (whole)
        {
            json["headers"] = new JsonArray([.. JsonNode.Parse(letter.Headers)!.AsArray().Select(Header)]);
            json["data"] = letter.Data is { } data ? Text(data) : null;
            json["stack"] = letter.ErrorStack;
        }

        return json;
    }

    private static JsonNode Header(JsonNode? header)
    {
        var value = (string?)header!["value"];
        return $"{header["name"]}: {(value is null ? "" : Text(Convert.FromBase64String(value)))}";
    }

    // Text where it is text; else the bytes.
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

    private static string Where(DeadLetter letter) => $"{letter.Topic}[{letter.Partition}]@{letter.Offset}";

    private static string Reason(DeadLetter letter) => letter.Reason.ToString().ToLowerInvariant();

    // "FormatException: …" of "System.FormatException".
    private static string Message(DeadLetter letter) => letter.ErrorType is { } error
        ? $"{error[(error.LastIndexOf('.') + 1)..]}: {letter.ErrorMessage}"
        : "";
}
