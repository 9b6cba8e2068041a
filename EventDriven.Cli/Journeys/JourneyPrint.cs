using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Journeys;
using Spectre.Console;

namespace EventDriven.Cli.Journeys;

/// <summary>Prints a journey for a person or as JSON.</summary>
internal static class JourneyPrint
{
    public static void Write(Journey journey, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write(Json(journey));
            return;
        }

        if (journey.Facts.Count == 0)
        {
            AnsiConsole.MarkupLine(
                "Analytics knows the order, but no group has sent a receipt. Set Messaging:Receipts:Enabled on the services.");
            return;
        }

        AnsiConsole.WriteLine($"Order {journey.OrderId}");
        AnsiConsole.Write(Table(journey, room));
        if (journey.Facts.Any(fact => fact.NotTold.Count > 0))
        {
            AnsiConsole.WriteLine(
                "A group without a receipt has not handled the event yet, or its receipt was dropped. "
                + $"{OperatorCommands.Name} status shows which groups lag or are halted.");
        }
    }

    public static FittedTable Table(Journey journey, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Happened", Importance: 3),
            new Column("Fact", ColumnKind.Type),
            new Column("Group"),
            new Column("Outcome"),
            new Column("Attempt", ColumnKind.Number, Importance: 2),
            new Column("ms after", ColumnKind.Number, Importance: 4),
            new Column("took ms", ColumnKind.Number, Importance: 1));
        foreach (var fact in journey.Facts)
        {
            AddRows(table, fact);
        }

        return table;
    }

    private static JourneyJson Json(Journey journey) => new(journey.OrderId, [.. journey.Facts.Select(Json)]);

    private static JourneyFactJson Json(JourneyFact fact) => new(
        fact.EventId,
        fact.Type,
        fact.Topic,
        fact.HappenedAt,
        [
            .. fact.Groups.Select(step => new JourneyStepJson(
                step.Group, step.Outcome, step.Attempt, step.At, Seconds(step.AfterMs), Seconds(step.TookMs))),
        ],
        [.. fact.NotTold.Select(silent => new SilentGroupJson(silent.Group, silent.ForSeconds))]);

    private static double Seconds(double milliseconds) => Math.Round(milliseconds / 1000, 6);

    private static void AddRows(FittedTable table, JourneyFact fact)
    {
        var (time, name) = (fact.HappenedAt.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), fact.Type);
        foreach (var step in fact.Groups)
        {
            table.Add(
                time,
                name,
                step.Group,
                step.Outcome,
                step.Attempt == 0 ? "-" : $"{step.Attempt}",
                Milliseconds(step.AfterMs),
                Milliseconds(step.TookMs));

            // The event is named once.
            (time, name) = ("", "");
        }

        foreach (var silent in fact.NotTold)
        {
            table.Add(
                time,
                name,
                silent.Group,
                new Cell($"no receipt for {silent.ForSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", new Style(Color.Yellow)),
                "-",
                "-",
                "-");
            (time, name) = ("", "");
        }
    }

    private static string Milliseconds(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
