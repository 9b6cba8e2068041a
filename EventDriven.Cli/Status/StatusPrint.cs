using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventDriven.Cli.Status;

/// <summary>The status for a person, or as JSON.</summary>
internal static class StatusPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The table, and the summary below it, where it is seen first.</summary>
    public static IRenderable View(SystemStatus status, TableRoom room) => new Rows(
        [Table(status.Rows, room), new Markup(Markup.Escape(PrintableText.OneLine(status.Summary)), Style(status.Level)), .. Notes(status).Select(note => new Text(note))]);

    public static FittedTable Table(IReadOnlyList<StatusRow> rows, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("State"),
            new Column("What", Importance: 4),
            new Column("Name"),
            new Column("Members", ColumnKind.Number, Importance: 3),
            new Column("Events", ColumnKind.Number, Importance: 2),
            new Column("Seconds", ColumnKind.Number, Importance: 1),
            new Column("Parked", ColumnKind.Number, Importance: 1),
            new Column("Says", ColumnKind.Text));
        foreach (var row in rows)
        {
            table.Add(
                new Cell(Name(row.Level), Style(row.Level)),
                row.Kind,
                row.Name,
                Number(row.Members, row.IsGroup),
                Number(row.Events, row.IsGroup),
                row.Seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? (row.IsGroup ? "?" : ""),
                Number(row.ParkedKeys, row.IsGroup),
                row.Text);
        }

        return table;
    }

    public static void Json(SystemStatus status) => Console.WriteLine(new JsonObject
    {
        ["state"] = Name(status.Level),
        ["parts"] = new JsonArray([.. status.Rows.Select(Json)]),
        ["notes"] = new JsonArray([.. Notes(status).Select(note => JsonValue.Create(note))]),
    }.ToJsonString(Indented));

    private static JsonObject Json(StatusRow row) => new()
    {
        ["state"] = Name(row.Level),
        ["kind"] = row.Kind,
        ["name"] = row.Name,
        ["members"] = row.Members,
        ["events"] = row.Events,
        ["seconds"] = row.Seconds is { } seconds ? Math.Round(seconds, 3) : null,
        ["parkedKeys"] = row.ParkedKeys,
        ["says"] = new JsonArray([.. row.Says.Select(says => JsonValue.Create(says))]),
    };

    private static IEnumerable<string> Notes(SystemStatus status)
    {
        if (!status.HasAddresses)
        {
            yield return "No service was asked, because nobody says where they are (services__inventory__http__0 and so on): whether a group is halted is not known.";
        }
    }

    private static string Number(long? number, bool isAsked) => number?.ToString(CultureInfo.InvariantCulture) ?? (isAsked ? "?" : "");

    private static string Name(StatusLevel level) => level.ToString().ToLowerInvariant();

    private static Style Style(StatusLevel level) => level switch
    {
        StatusLevel.Red => new Style(Color.Red, decoration: Decoration.Bold),
        StatusLevel.Yellow => new Style(Color.Yellow),
        _ => new Style(Color.Green),
    };
}
