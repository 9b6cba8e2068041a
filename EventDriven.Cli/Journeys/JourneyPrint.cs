using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace EventDriven.Cli.Journeys;

/// <summary>A journey for a person, or as JSON.</summary>
internal static class JourneyPrint
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(Journey journey, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(journey, Indented));
            return;
        }

        if (journey.Facts.Count == 0)
        {
            AnsiConsole.MarkupLine("Analytics knows the order, but no group has told what it did with it: set Messaging:Receipts on the services.");
            return;
        }

        // Fits into 80 columns.
        var table = new Table { Title = new TableTitle($"Order {journey.OrderId}"), Border = TableBorder.Horizontal };
        foreach (var name in (string[])["Happened", "Fact", "Group", "Outcome"])
        {
            table.AddColumn(name, column => column.Padding(0, 1).NoWrap());
        }

        foreach (var name in (string[])["Attempt", "ms after", "took ms"])
        {
            table.AddColumn(name, column => column.Padding(0, 1).RightAligned());
        }

        foreach (var fact in journey.Facts)
        {
            AddRows(table, fact);
        }

        AnsiConsole.Write(table);
    }

    private static void AddRows(Table table, JourneyFact fact)
    {
        var (time, name) = (fact.HappenedAt.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), Name(fact.Type));
        foreach (var step in fact.Groups)
        {
            table.AddRow(new[]
            {
                time, name, step.Group, step.Outcome, step.Attempt == 0 ? "-" : $"{step.Attempt}", Milliseconds(step.AfterMs), Milliseconds(step.TookMs),
            }.Select(Markup.Escape).ToArray());

            // The fact is said once.
            (time, name) = ("", "");
        }
    }

    private static string Milliseconds(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    // "order-placed" of "eventdriven.orders.order-placed.v1".
    private static string Name(string type) => type.Split('.') is { Length: 4 } parts ? parts[2] : type;
}
