using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Reconciliation;
using Spectre.Console;

namespace EventDriven.Cli.Reconciliation;

/// <summary>Prints the result of a reconciliation for a person or as JSON.</summary>
internal static class ReconcilePrint
{
    // The least important one first.
    private static readonly string[] Figures = ["Published", "Handled", "Discarded", "Parked", "In flight"];
    private static readonly string[] Alarms = ["Missing", "Altered", "Double", "No row", "No event"];

    /// <summary>Shows the progress on standard error, when that is a terminal.</summary>
    public static Task<ReconciliationReport> WithProgressAsync(Func<IProgress<ReconciliationProgress>, Task<ReconciliationReport>> run)
    {
        var console = ErrorOutput.Open();
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            return run(new Progress<ReconciliationProgress>());
        }

        return console.Status().StartAsync("Reading…", status => run(new Progress<ReconciliationProgress>(
            at => status.Status(
                $"Read {at.Read.ToString("N0", CultureInfo.InvariantCulture)} of "
                + $"{at.Total.ToString("N0", CultureInfo.InvariantCulture)} events"))));
    }

    public static void Report(ReconciliationReport report, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write(Json(report));
            return;
        }

        var table = new FittedTable(
            room,
            [
                new Column("Group"), .. Figures.Select((figure, index) => new Column(figure, ColumnKind.Number, Importance: index + 1)),
                .. Alarms.Select(alarm => new Column(alarm, ColumnKind.Number)),
            ]);
        foreach (var group in report.Groups)
        {
            table.Add(
            [
                group.Group, Number(group.Published), Number(group.Count(EventFate.Handled)), Number(group.Count(EventFate.Discarded)),
                Number(group.Count(EventFate.Parked)), Number(group.Count(EventFate.InFlight)), Alarm(group.Count(EventFate.Missing)),
                Alarm(group.Count(EventFate.Altered)),
                group.DoubledCount is { } doubled ? Alarm(doubled) : "-", group.ReadModel is { } model ? Alarm(model.WithoutRow) : "-",
                group.ReadModel is { } keys ? Alarm(keys.WithoutEvent) : "-",
            ]);
        }

        AnsiConsole.Write(table);
        foreach (var line in Notes(report))
        {
            AnsiConsole.WriteLine(line);
        }

        foreach (var group in report.Groups.Where(group => group.IsWrong))
        {
            Wrong(group);
        }
    }

    private static void Wrong(GroupReport group)
    {
        if (group.MissingSince is { } since)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{group.Group}: {group.Count(EventFate.Missing)} missing[/], the first ones:");
            List(group.Missing);
            AnsiConsole.WriteLine(
                $"  Next: ./eventdriven replay --group {group.Group} --from {Time(since)} applies them. "
                + "Events that were already applied have no effect again.");
        }

        if (group.Altered.Count > 0)
        {
            var altered = group.Count(EventFate.Altered);
            AnsiConsole.MarkupLineInterpolated(
                $"[red]{group.Group}: {altered} have source and id of another event, so they had no effect[/], the first ones:");
            List(group.Altered);
            AnsiConsole.WriteLine(
                "  Next: their producer uses ids twice. Have it repaired, and publish the lost events again with ids of their own.");
        }

        if (group.DoubledCount > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[red]{group.Group}: {group.DoubledCount} effect(s) happened more than once[/], the first ones:");
            foreach (var effect in group.DoubledEffects)
            {
                AnsiConsole.WriteLine($"  {effect.Detail}  id {effect.EventId ?? "-"}  key {effect.Key ?? "-"}");
            }

            AnsiConsole.WriteLine("  Next: correct the data by hand. docs/operations.md, \"Was anything lost?\", explains each line.");
        }

        if (group.ReadModel is { } readModel)
        {
            ReadModelPrint.Wrong(group, readModel);
        }
    }

    private static void List(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records)
        {
            AnsiConsole.WriteLine($"  {record}  id {record.EventId ?? "-"}  key {record.Key ?? "-"}  {record.Type ?? "unreadable"}");
        }
    }

    private static IEnumerable<string> Notes(ReconciliationReport report)
    {
        foreach (var topic in report.UnknownTopics)
        {
            yield return $"The broker has no topic {topic}: its events are lost, or this is another broker. "
                + "topics apply creates an empty topic.";
        }

        foreach (var (topic, begin) in report.BeginLater)
        {
            yield return $"A partition of {topic} begins at {Time(begin)}. Older events were deleted and can't be compared.";
        }

        foreach (var note in report.Groups.SelectMany(ReadModelPrint.Notes))
        {
            yield return note;
        }

        foreach (var group in report.Groups.Where(group => group.PublishedTwice > 0))
        {
            yield return $"{Number(group.PublishedTwice)} event(s) for {group.Group} are on the log twice. "
                + "The inbox recognises the copies.";
        }
    }

    private static ReconciliationJson Json(ReconciliationReport report) =>
        new(report.Since, report.Read, report.IsWrong, [.. report.Groups.Select(Json)], [.. Notes(report)]);

    private static GroupReportJson Json(GroupReport group) => new(
        group.Group,
        group.Published,
        group.PublishedTwice,
        group.Count(EventFate.Handled),
        group.Count(EventFate.Discarded),
        group.Count(EventFate.Parked),
        group.Count(EventFate.InFlight),
        group.Count(EventFate.Missing),
        group.Count(EventFate.Altered),
        group.DoubledCount,
        group.MissingSince,
        Json(group.Missing),
        Json(group.Altered),
        [.. group.DoubledEffects.Select(effect => new DoubledEffectJson(effect.EventId, effect.Key, effect.Detail))],
        group.ReadModel?.WithoutRow,
        group.ReadModel?.WithoutEvent,
        ReadModelPrint.Json(group.ReadModel?.FirstWithoutRow),
        ReadModelPrint.Json(group.ReadModel?.FirstWithoutEvent));

    private static IReadOnlyList<RecordJson> Json(IReadOnlyList<LogRecord> records) =>
        [.. records.Select(record => new RecordJson($"{record}", record.EventId, record.Key, record.Type))];

    private static Cell Alarm(long count) => count > 0 ? new Cell(Number(count), new Style(Color.Red)) : Number(count);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
