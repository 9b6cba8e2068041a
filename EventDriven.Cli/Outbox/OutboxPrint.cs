using System.Globalization;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Outbox;
using Spectre.Console;

namespace EventDriven.Cli.Outbox;

/// <summary>Prints outboxes for a person or as JSON.</summary>
internal static class OutboxPrint
{
    public static void List(IReadOnlyList<DatabaseOutbox> outboxes, DateTimeOffset now, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write(JsonOutput.Array(outboxes, outbox => Json(outbox, now)));
            return;
        }

        foreach (var outbox in outboxes)
        {
            var summary = outbox.Backlog.OldestAt is { } oldest
                ? $"{outbox.Backlog.Pending} wait, the oldest for {Age(oldest, now)} s"
                : "nothing waits";
            AnsiConsole.MarkupLineInterpolated($"[bold]{outbox.Database}[/]: {summary}");
            if (outbox.First.Count > 0)
            {
                AnsiConsole.Write(Table(outbox.First, now, room));
            }
        }
    }

    public static FittedTable Table(IReadOnlyList<WaitingOutboxMessage> messages, DateTimeOffset now, TableRoom room)
    {
        var table = new FittedTable(
            room,
            new Column("Sequence", ColumnKind.Number),
            new Column("Bucket", ColumnKind.Number, Importance: 1),
            new Column("Topic", Importance: 2),
            new Column("Key", ColumnKind.Id, Importance: 4),
            new Column("Type", ColumnKind.Type, Importance: 3),
            new Column("Age (s)", ColumnKind.Number));
        foreach (var message in messages)
        {
            table.Add($"{message.Sequence}", $"{message.Bucket}", message.Topic, message.Key, message.Type, Age(message.Time, now));
        }

        return table;
    }

    private static JsonObject Json(DatabaseOutbox outbox, DateTimeOffset now) => new JsonObject
    {
        ["database"] = outbox.Database,
        ["pending"] = outbox.Backlog.Pending,
        ["oldestSeconds"] = outbox.Backlog.SecondsAt(now),
        ["first"] = JsonOutput.Array(outbox.First, message => new JsonObject
        {
            ["sequence"] = message.Sequence,
            ["bucket"] = message.Bucket,
            ["topic"] = message.Topic,
            ["key"] = message.Key,
            ["type"] = message.Type,
            ["eventId"] = message.EventId.ToString(),
            ["time"] = message.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        }),
    };

    private static string Age(DateTimeOffset since, DateTimeOffset now) =>
        Math.Max(0, (now - since).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture);
}
