using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Rehearsal;

/// <summary>Prints the result of a rehearsal.</summary>
internal static class RehearsalPrint
{
    public static void Print(RehearsalResult result, TableRoom room)
    {
        AnsiConsole.MarkupInterpolated(
            $"{result.Records:N0} records: {result.Applied:N0} would be applied, {result.Recognised:N0} are already in the inbox, ");
        AnsiConsole.MarkupLineInterpolated(
            $"{result.Discarded:N0} were discarded, {result.PassedOver:N0} are passed over. Nothing was changed.");
        if (result.Rows.Count > 0)
        {
            var table = new FittedTable(
                room,
                new Column("Table"),
                new Column("Inserted", ColumnKind.Number),
                new Column("Updated", ColumnKind.Number),
                new Column("Deleted", ColumnKind.Number));
            foreach (var (name, rows) in result.Rows)
            {
                table.Add(name, $"{rows.Inserted:N0}", $"{rows.Updated:N0}", $"{rows.Deleted:N0}");
            }

            AnsiConsole.Write(table);
        }

        Count("Event that would be published", result.Published, room);
        Count("Would be sent", result.Sent, room);
        if (result.Failures.Count > 0)
        {
            var table = new FittedTable(
                room,
                new Column("Can't be applied", ColumnKind.Text),
                new Column("Events", ColumnKind.Number),
                new Column("The first", ColumnKind.Id, Importance: 2),
                new Column("At", Importance: 1),
                new Column("Message", ColumnKind.Text, Importance: 3));
            foreach (var failure in result.Failures)
            {
                table.Add(failure.Error, $"{failure.Events:N0}", failure.Example, failure.Place, failure.Message);
            }

            AnsiConsole.Write(table);
        }
    }

    private static void Count(string title, IReadOnlyDictionary<string, long> counts, TableRoom room)
    {
        if (counts.Count == 0)
        {
            return;
        }

        var table = new FittedTable(room, new Column(title, ColumnKind.Type), new Column("Number", ColumnKind.Number));
        foreach (var (name, count) in counts)
        {
            table.Add(name, $"{count:N0}");
        }

        AnsiConsole.Write(table);
    }
}
