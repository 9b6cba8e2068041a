using System.Globalization;
using System.Text;
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
            JsonOutput.Write(JsonOutput.Array(deadLetters, Json));
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
        if (asJson)
        {
            JsonOutput.Write(Json(deadLetter, whole: true));
            return;
        }

        var grid = new Grid().AddColumns(2);
        foreach (var (name, value) in Json(deadLetter, whole: true))
        {
            grid.AddRow(
                new Text(name), new Text(
                    PrintableText.Lines(value is JsonValue or null ? value?.ToString() ?? "-" : value.ToJsonString(JsonOutput.Indented))));
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

    public static string State(DeadLetter deadLetter) => deadLetter.State.ToString().ToLowerInvariant();

    /// <summary>Without headers, data and stack.</summary>
    public static JsonObject Json(DeadLetter deadLetter) => Json(deadLetter, whole: false);

    private static JsonObject Json(DeadLetter deadLetter, bool whole)
    {
        var json = new JsonObject
        {
            ["group"] = deadLetter.Group,
            ["id"] = deadLetter.Id,
            ["key"] = deadLetter.Key,
            ["eventId"] = deadLetter.EventId,
            ["source"] = deadLetter.Source,
            ["type"] = deadLetter.Type,
            ["where"] = Where(deadLetter),
            ["time"] = Time(deadLetter.Time),
            ["reason"] = Reason(deadLetter),
            ["error"] = deadLetter.ErrorType,
            ["message"] = deadLetter.ErrorMessage,
            ["attempts"] = deadLetter.Attempts,
            ["firstFailedAt"] = deadLetter.FirstFailedAt is { } first ? Time(first) : null,
            ["lastFailedAt"] = deadLetter.LastFailedAt is { } last ? Time(last) : null,
            ["state"] = State(deadLetter),
            ["changedBy"] = deadLetter.ChangedBy,
            ["changedAt"] = Time(deadLetter.ChangedAt),
            ["note"] = deadLetter.Note,
        };
        if (whole)
        {
            json["headers"] = JsonOutput.Array(JsonNode.Parse(deadLetter.Headers)!.AsArray(), Header);
            json["data"] = deadLetter.Data is { } data ? Text(data) : null;
            json["stack"] = deadLetter.ErrorStack;
        }

        return json;
    }

    private static JsonNode Header(JsonNode? header)
    {
        var value = (string?)header!["value"];
        return $"{header["name"]}: {(value is null ? "" : Text(Convert.FromBase64String(value)))}";
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
