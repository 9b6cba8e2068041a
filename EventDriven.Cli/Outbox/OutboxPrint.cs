using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Outbox;
using Spectre.Console;

namespace EventDriven.Cli.Outbox;

/// <summary>Outboxes for a person, or as JSON.</summary>
internal static class OutboxPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void List(IReadOnlyList<WaitingEvents> outboxes, DateTimeOffset now, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            Console.WriteLine(new JsonArray([.. outboxes.Select(outbox => Json(outbox, now))]).ToJsonString(Indented));
            return;
        }

        foreach (var outbox in outboxes)
        {
            var summary = outbox.Pending == 0 ? "nothing waits" : $"{outbox.Pending} wait, the oldest for {Age(outbox.OldestAt!.Value, now)} s";
            AnsiConsole.MarkupLineInterpolated($"[bold]{outbox.Database}[/]: {summary}");
            if (outbox.First.Count > 0)
            {
                AnsiConsole.Write(Table(outbox.First, now, room));
            }
        }
    }

    public static FittedTable Table(IReadOnlyList<OutboxEntry> entries, DateTimeOffset now, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Sequence", ColumnKind.Number),
            new Column("Bucket", ColumnKind.Number, Importance: 1),
            new Column("Topic", Importance: 2),
            new Column("Key", ColumnKind.Id, Importance: 4),
            new Column("Type", ColumnKind.Type, Importance: 3),
            new Column("Age (s)", ColumnKind.Number));
        foreach (var entry in entries)
        {
            table.Add($"{entry.Sequence}", $"{entry.Bucket}", entry.Topic, entry.Key, entry.Type, Age(entry.Time, now));
        }

        return table;
    }

    private static JsonObject Json(WaitingEvents outbox, DateTimeOffset now) => new JsonObject
    {
        ["database"] = outbox.Database,
        ["pending"] = outbox.Pending,
        ["oldestSeconds"] = outbox.AgeAt(now),
        ["first"] = new JsonArray([.. outbox.First.Select(entry => new JsonObject
        {
            ["sequence"] = entry.Sequence,
            ["bucket"] = entry.Bucket,
            ["topic"] = entry.Topic,
            ["key"] = entry.Key,
            ["type"] = entry.Type,
            ["eventId"] = entry.EventId.ToString(),
            ["time"] = entry.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        })]),
    };

    private static string Age(DateTimeOffset since, DateTimeOffset now) =>
        Math.Max(0, (now - since).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture);
}
