using System.Globalization;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventDriven.Cli.Status;

/// <summary>Prints the status for a person or as JSON.</summary>
internal static class StatusPrint
{
    /// <summary>The table, with the summary below it, which is read first there.</summary>
    public static IRenderable View(SystemStatus status, TableRoom room) => new Rows(
        [
            Table(status.Parts, room),
            new Markup(Markup.Escape(PrintableText.OneLine(status.Summary)), Style(status.Level)),
            .. Notes(status).Select(note => new Text(note)),
        ]);

    public static FittedTable Table(IReadOnlyList<StatusPart> parts, TableRoom room)
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
        foreach (var part in parts)
        {
            table.Add(
                new Cell(Name(part.Level), Style(part.Level)),
                Name(part.Kind),
                part.Name,
                Number(part.Members, part.Kind == StatusPartKind.Group),
                Number(part.Events, part.Kind == StatusPartKind.Group),
                part.Seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? (part.Kind == StatusPartKind.Group ? "?" : ""),
                Number(part.ParkedKeys, part.Kind == StatusPartKind.Group),
                string.Join("; ", part.Says));
        }

        return table;
    }

    public static void Json(SystemStatus status) => JsonOutput.Write(new JsonObject
    {
        ["state"] = Name(status.Level),
        ["parts"] = JsonOutput.Array(status.Parts, Json),
        ["notes"] = JsonOutput.Array(Notes(status), note => note),
    });

    private static JsonObject Json(StatusPart part) => new()
    {
        ["state"] = Name(part.Level),
        ["kind"] = Name(part.Kind),
        ["name"] = part.Name,
        ["members"] = part.Members,
        ["events"] = part.Events,
        ["seconds"] = part.Seconds is { } seconds ? Math.Round(seconds, 3) : null,
        ["parkedKeys"] = part.ParkedKeys,
        ["says"] = JsonOutput.Array(part.Says, says => says),
    };

    private static IEnumerable<string> Notes(SystemStatus status)
    {
        if (!status.HasAddresses)
        {
            yield return "No service was asked, because their addresses are missing (services__inventory__http__0 and so on). "
                + "It is unknown whether a group is halted.";
        }
    }

    private static string Number(long? number, bool isAsked) => number?.ToString(CultureInfo.InvariantCulture) ?? (isAsked ? "?" : "");

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private static Style Style(StatusLevel level) => level switch
    {
        StatusLevel.Red => new Style(Color.Red, decoration: Decoration.Bold),
        StatusLevel.Yellow => new Style(Color.Yellow),
        _ => new Style(Color.Green),
    };
}
