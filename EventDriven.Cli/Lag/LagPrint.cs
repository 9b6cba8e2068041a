using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventDriven.Cli.Lag;

/// <summary>Prints lag for a person or as JSON.</summary>
internal static class LagPrint
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void Json(MeasuredLag measured)
    {
        foreach (var unknown in Unknown(measured))
        {
            ErrorOutput.Warning(unknown);
        }

        JsonOutput.Write<IReadOnlyList<GroupLagJson>>([.. measured.Groups.Where(group => group.Lag is not null).Select(Json)]);
    }

    /// <summary>The table, with warnings about unknown lag below it.</summary>
    public static IRenderable View(MeasuredLag measured, bool all, TableRoom room) => new Rows(
        [
            Table(measured, all, room),
            .. Unknown(measured).Select(text => new Markup($"[yellow]warning:[/] {Markup.Escape(PrintableText.OneLine(text))}")),
        ]);

    public static FittedTable Table(MeasuredLag measured, bool all, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Group"),
            new Column("Members", ColumnKind.Number, Importance: 5),
            new Column("Topic", Importance: 4),
            new Column("Partition", ColumnKind.Number, Importance: 3),
            new Column("Position", ColumnKind.Number, Importance: 1),
            new Column("End", ColumnKind.Number, Importance: 2),
            new Column("Events", ColumnKind.Number),
            new Column("Seconds", ColumnKind.Number));
        foreach (var group in measured.Groups)
        {
            if (group.Lag is { } lag)
            {
                Add(table, group, lag, all);
            }
            else
            {
                table.Add(new Cell(group.Group.Name, Bold), "?", "another cluster", "", "", "", "?", "?");
            }
        }

        return table;
    }

    private static void Add(FittedTable table, MeasuredGroup group, GroupLag lag, bool all)
    {
        // Ages at the time of the measurement, as the positions are.
        var now = lag.MeasuredAt;
        table.Add(
            new Cell(lag.Group, Bold),
            Members(group),
            "",
            "",
            "",
            "",
            new Cell($"{lag.Events}", Bold),
            new Cell(Seconds(lag.SecondsAt(now)), Bold));
        foreach (var partition in lag.Partitions.Where(partition => all || partition.Events > 0))
        {
            table.Add(
                "",
                "",
                partition.Topic,
                $"{partition.Partition}",
                $"{partition.Position}",
                $"{partition.End}",
                $"{partition.Events}",
                Seconds(partition.SecondsAt(now)));
        }
    }

    // What GET /lag answers, and the number of members.
    private static GroupLagJson Json(MeasuredGroup group) => new(
        group.Group.Name,
        group.Lag!.MeasuredAt,
        group.Lag.Events,
        Rounded(group.Lag.SecondsAt(group.Lag.MeasuredAt)),
        [
            .. group.Lag.Partitions.Select(partition => new PartitionLagJson(
                partition.Topic,
                partition.Partition,
                partition.Position,
                partition.End,
                partition.Events,
                Rounded(partition.SecondsAt(group.Lag.MeasuredAt)),
                partition.OldestAt)),
        ],
        group.Members);

    private static double? Rounded(double? seconds) => seconds is { } value ? Math.Round(value, 3) : null;

    private static Cell Members(MeasuredGroup group) => group.Members switch
    {
        null => "?",
        0 => new Cell("0", new Style(Color.Red, decoration: Decoration.Bold)),
        { } members => $"{members}",
    };

    private static IEnumerable<string> Unknown(MeasuredLag measured) =>
        measured.Unreachable.Select(database => database.Describe())
            .Concat(measured.Groups.Where(group => group.Lag is null).Select(OfAnotherLog));

    private static string OfAnotherLog(MeasuredGroup group) =>
        $"Group '{group.Group.Name}' reads the log of another cluster ('{group.Group.Cluster}'). "
        + "Pass a broker of that cluster with --kafka, or start its service here.";

    private static string Seconds(double? seconds) => seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "?";
}
