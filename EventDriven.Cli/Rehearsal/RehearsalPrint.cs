using EventDriven.Messaging.Rehearsal;
using Spectre.Console;

namespace EventDriven.Cli.Rehearsal;

/// <summary>Shows what a rehearsal found.</summary>
internal static class RehearsalPrint
{
    public static void Print(RehearsalResult result)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"{result.Records:N0} records: {result.Applied:N0} would be applied, {result.Recognised:N0} are known to the inbox and do nothing, {result.Discarded:N0} were discarded and are left out, {result.PassedOver:N0} are passed over. Nothing was changed.");
        if (result.Rows.Count > 0)
        {
            var table = new Table().AddColumns("Table", "Inserted", "Updated", "Deleted");
            foreach (var (name, rows) in result.Rows)
            {
                table.AddRow(Markup.Escape(name), $"{rows.Inserted:N0}", $"{rows.Updated:N0}", $"{rows.Deleted:N0}");
            }

            AnsiConsole.Write(table);
        }

        Count("Event that would be published", result.Published);
        Count("Would be sent", result.Sent);
        if (result.Failures.Count > 0)
        {
            var table = new Table().AddColumns("Can't be applied", "Events", "The first", "At", "Message");
            foreach (var failure in result.Failures)
            {
                table.AddRow(
                    Markup.Escape(failure.Error), $"{failure.Events:N0}", Markup.Escape(failure.Example), Markup.Escape(failure.Place), Markup.Escape(failure.Message));
            }

            AnsiConsole.Write(table);
        }
    }

    private static void Count(string title, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns(title, "Number");
        foreach (var (name, count) in counts)
        {
            table.AddRow(Markup.Escape(name), $"{count:N0}");
        }

        AnsiConsole.Write(table);
    }
}
