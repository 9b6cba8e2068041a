using System.Globalization;
using System.Text.Json;
using EventDriven.Messaging.Lag;
using Spectre.Console;

namespace EventDriven.Cli.Lag;

/// <summary>Lag for a person, or as JSON.</summary>
internal static class LagPrint
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Json(MeasuredLag measured)
    {
        foreach (var unknown in measured.Away.Concat(measured.Groups.Where(group => group.Lag is null).Select(OfAnotherLog)))
        {
            ErrorOutput.Warning(unknown);
        }

        var answers = measured.Groups.Where(group => group.Lag is not null).Select(group => LagAnswer.Of(group.Lag!, group.Lag!.MeasuredAt));
        Console.WriteLine(JsonSerializer.Serialize(answers.ToArray(), Indented));
    }

    public static Table Table(MeasuredLag measured, bool all)
    {
        var table = new Table().AddColumns("Group", "Topic", "Partition", "Position", "End", "Events", "Seconds");
        foreach (var column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (var group in measured.Groups)
        {
            if (group.Lag is { } lag)
            {
                Add(table, lag, all);
            }
            else
            {
                table.AddRow(new Markup(Markup.Escape(group.Group.Name)), Warning(OfAnotherLog(group)));
            }
        }

        foreach (var away in measured.Away)
        {
            table.AddRow(new Markup("?"), Warning(away));
        }

        return table;
    }

    private static void Add(Table table, GroupLag lag, bool all)
    {
        // As of the measurement: the clock has gone on since, and so may have the group.
        var now = lag.MeasuredAt;
        table.AddRow(
            $"[bold]{Markup.Escape(lag.Group)}[/]", "", "", "", "", $"[bold]{lag.Events}[/]", $"[bold]{Seconds(lag.SecondsAt(now))}[/]");
        foreach (var partition in lag.Partitions.Where(partition => all || partition.Events > 0))
        {
            table.AddRow(
                "",
                Markup.Escape(partition.Topic),
                $"{partition.Partition}",
                $"{partition.Position}",
                $"{partition.End}",
                $"{partition.Events}",
                Seconds(partition.SecondsAt(now)));
        }
    }

    private static Markup Warning(string text) => new($"[yellow]{Markup.Escape(text)}[/]");

    private static string OfAnotherLog(MeasuredGroup group) =>
        $"Group '{group.Group.Name}' reads the log '{group.Group.Cluster}', which is not this broker's: look at that one, or start its service here.";

    private static string Seconds(double? seconds) => seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "?";
}
