using System.Globalization;
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

    public static SystemStatusJson Json(SystemStatus status) =>
        new(Name(status.Level), [.. status.Parts.Select(Json)], [.. Notes(status)]);

    private static StatusPartJson Json(StatusPart part) => new(
        Name(part.Level),
        Name(part.Kind),
        part.Name,
        part.Members,
        part.Events,
        part.Seconds is { } seconds ? Math.Round(seconds, 3) : null,
        part.ParkedKeys,
        part.Says);

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
